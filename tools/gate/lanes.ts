/** Runs the lanes of a group side by side, and shows their output as if they had run one after the other. */
import type { Lane } from "./parts.ts";
import type { Result } from "./result.ts";
import { runPart, type Sink, writeAll } from "./run.ts";

/** Output of one lane, kept until the lanes before it have ended. */
class Turn implements Sink {
  #kept: Uint8Array[] = [];
  #sink: Sink | undefined;

  writeSync(bytes: Uint8Array): number {
    if (this.#sink !== undefined) return this.#sink.writeSync(bytes);
    this.#kept.push(bytes.slice());
    return bytes.length;
  }

  /** Shows what was kept, and everything that follows as it arrives. */
  begin(sink: Sink): void {
    this.#sink = sink;
    for (const bytes of this.#kept) writeAll(sink, bytes);
    this.#kept = [];
  }
}

async function runLane(lane: Lane, sink: Sink): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of lane) results.push(await runPart(part, sink));
  return results;
}

/** Runs all parts, and returns their results lane by lane. */
export async function runLanes(lanes: readonly Lane[], sink: Sink): Promise<Result[]> {
  const started = lanes.map((lane) => {
    const turn = new Turn();
    return { turn, results: runLane(lane, turn) };
  });
  const all: Result[] = [];
  for (const { turn, results } of started) {
    turn.begin(sink);
    all.push(...await results);
  }
  return all;
}
