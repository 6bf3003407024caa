/**
 * Scale: CPU, memory and delay from 10 to 20,000 containers, 1 to 7,000 viewers and 1 to 50 hosts.
 *
 * `deno task bench:scale --out DIR` writes `scale.md` and one SVG per curve. `--most N` leaves out the larger points,
 * `--seconds N` sets the length of a measurement.
 */
import { parseArgs } from "node:util";
import { endOnSignal, stopped } from "../bench/run.ts";
import { measure } from "./measure.ts";
import { type Load, loadsOf, type Point, SWEEPS } from "./report/points.ts";
import { type Curve, plotOf, tableOf } from "./report/report.ts";

/** Time in which a server must start and settle, ms. */
const START_MS = 30_000;

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "dist/scale" },
    seconds: { type: "string", default: "10" },
    most: { type: "string", default: "20000" },
  },
});
const [seconds, most] = [Number(values.seconds), Number(values.most)];
if (!(seconds >= 2 && most >= 1)) {
  print("Usage: deno task bench:scale [--out DIR] [--seconds N, 2 or more] [--most N]");
  Deno.exit(2);
}
endOnSignal();
await Deno.mkdir(values.out, { recursive: true });
const curves: Curve[] = [];
for (const sweep of SWEEPS) {
  const points: Point[] = [];
  for (const load of loadsOf(sweep, most)) {
    if (stopped.aborted) break;
    const point = await bounded(load);
    if (point !== undefined) points.push(point);
  }
  curves.push({ varied: sweep.varied, points });
  await Deno.writeTextFile(`${values.out}/${sweep.varied}.svg`, plotOf(curves.at(-1)!));
}
await Deno.writeTextFile(`${values.out}/scale.md`, tableOf(curves));
print(tableOf(curves));
Deno.exit(stopped.aborted ? 1 : 0);

/** Measures a point; one that takes too long or fails is reported and left out. */
async function bounded(load: Load): Promise<Point | undefined> {
  const name = `${load.containers} containers, ${load.viewers} viewers, ${load.hosts} hosts`;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error("it took too long")),
    START_MS + seconds * 2000,
  );
  try {
    const point = await Promise.race([measure(load, seconds), late.promise]);
    print(`${name}: ${point.cores.toFixed(3)} cores, p99 ${point.p99.toFixed(0)} ms`);
    return point;
  } catch (error) {
    print(`${name}: left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
