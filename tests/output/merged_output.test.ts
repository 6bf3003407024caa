import type { OutputFrame } from "../../server/output/frame.ts";
import { MergedOutput } from "../../server/output/merged_output.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";

/** An output to which a test appends. */
class Source implements AsyncIterable<readonly OutputFrame[]> {
  readonly #batches: OutputFrame[][] = [];
  #ended = false;
  #wake = () => {};

  /** Appends lines by their seconds, such as "1 2", or notices, such as "!". */
  write(codes: string): void {
    this.#batches.push(
      codes.split(" ").map((code) =>
        code.startsWith("!")
          ? { timestamp: "", json: code, ...code === "!final" ? { final: true } : {} }
          : { timestamp: `2026-08-01T12:00:0${code[0]}Z`, stream: "stdout", json: code }
      ),
    );
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly OutputFrame[]> {
    while (!this.#ended || this.#batches.length > 0) {
      const batch = this.#batches.shift();
      if (batch !== undefined) yield batch;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

function merge(holdMs: number, count: number) {
  const stop = new AbortController();
  const merged = new MergedOutput({ holdMs, tickMs: 1 }, stop.signal);
  const sources = Array.from({ length: count }, () => new Source());
  for (const source of sources) merged.add(source);
  const found: string[] = [];
  const reading = (async () => {
    for await (const frames of merged.read()) found.push(...frames.map(({ json }) => json));
  })();
  return { merged, sources, found, reading, stop };
}

Deno.test("orders the lines of several outputs by their timestamps", async () => {
  const { merged, sources: [one, other], found, reading } = merge(60_000, 2);
  one!.write("1a 3a");
  other!.write("2b 4b");
  one!.write("5a");
  one!.end();
  other!.end();
  merged.close();
  await reading;
  assertEquals(found, ["1a", "2b", "3a", "4b", "5a"]);
});

Deno.test("lines with one timestamp keep the order of their arrival", async () => {
  const { merged, sources: [one], found, reading } = merge(60_000, 1);
  one!.write("1c 1a 1b");
  one!.end();
  merged.close();
  await reading;
  assertEquals(found, ["1c", "1a", "1b"]);
});

Deno.test("a line waits for a limited time, and a later one comes late", async () => {
  const { sources: [one, other], found, reading, stop } = merge(20, 2);
  one!.write("5a");
  await eventually("the line", () => found.length === 1);
  other!.write("2b");
  await eventually("the late line", () => found.length === 2);
  assertEquals(found, ["5a", "2b"]);
  stop.abort();
  one!.end();
  other!.end();
  await reading;
});

Deno.test("a notice stays after the line before it", async () => {
  const { merged, sources: [one, other], found, reading } = merge(60_000, 2);
  other!.write("4b");
  one!.write("1a !ended");
  one!.end();
  other!.end();
  merged.close();
  await reading;
  assertEquals(found, ["1a", "!ended", "4b"]);
});

Deno.test("an output that cannot continue is not read any longer", async () => {
  const { merged, sources: [one], found, reading } = merge(60_000, 1);
  one!.write("1a !final");
  merged.close();
  await reading;
  assertEquals(found, ["1a", "!final"]);
});

Deno.test("an output that is added later is merged too", async () => {
  const { merged, sources: [one], found, reading } = merge(1, 1);
  one!.write("1a");
  await eventually("the line", () => found.length === 1);
  const later = new Source();
  merged.add(later);
  later.write("2b");
  later.end();
  one!.end();
  merged.close();
  await reading;
  assertEquals(found, ["1a", "2b"]);
});

Deno.test("an error of an output ends the merged output with the error", async () => {
  const merged = new MergedOutput({ holdMs: 1, tickMs: 1 }, new AbortController().signal);
  merged.add((async function* (): AsyncGenerator<readonly OutputFrame[]> {
    yield [];
    throw new TypeError("a bug");
  })());
  await assertRejects(() => Array.fromAsync(merged.read()), TypeError, "a bug");
});
