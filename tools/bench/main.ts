/** `deno task bench` measures speed and memory, as ratios within one run on this machine, in 25 minutes at most. */
import type { Row } from "./measures.ts";
import { PARTS } from "./parts.ts";
import { type BenchOptions, endOnSignal, hasTime, parseOptions, stopped } from "./run.ts";

const USAGE =
  `Usage: deno task bench -- [--only PART,…] [--containers N] [--most N] [--seconds S] [--rounds N]
                        [--minutes M]

  --only PART,…     measure only these parts
  --containers N    real containers (50)
  --most N          real containers to which the cost of those is compared (150)
  --seconds S       length of a measurement of CPU (30, the period of containerd's shims)
  --rounds N        rounds of comparisons, of which the median is printed (2)
  --minutes M       time over which memory may grow (0.5)

Parts: ${Object.keys(PARTS).join(", ")}
`;

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Reads the command line; exits with 2 when it is wrong. */
function options(): BenchOptions {
  if (Deno.args.includes("--help")) {
    print(USAGE);
    Deno.exit(0);
  }
  try {
    const given = parseOptions(Deno.args);
    const unknown = given.only.find((name) => !Object.hasOwn(PARTS, name));
    if (unknown === undefined) return given;
    print(`Unknown part "${unknown}"\n\n${USAGE}`);
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
  Deno.exit(2);
}

async function* rows(given: BenchOptions): AsyncGenerator<Row> {
  const names = given.only.length > 0 ? given.only : Object.keys(PARTS);
  for (const name of names) {
    stopped.throwIfAborted();
    if (hasTime()) yield* PARTS[name]!(given);
    else yield { what: `The part "${name}"`, target: "", measured: "not measured: no time was left" };
  }
}

const given = options();
endOnSignal();
print(`| what | target | measured |`);
print(`|---|---|---|`);
try {
  for await (const { what, target, measured } of rows(given)) print(`| ${what} | ${target} | ${measured} |`);
} catch (error) {
  if (!stopped.aborted) throw error;
  print("The benchmark was stopped. What it had started is removed.");
  Deno.exit(130);
}
Deno.exit(0);
