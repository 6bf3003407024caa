/** Viewers of outputs, without a server. */
import type { OutputLine } from "../../server/docker/demux.ts";
import type { OutputFrame, OutputSource } from "../../server/output/frame.ts";
import type { Outputs } from "../../server/output/outputs.ts";
import type { ReplayRequest } from "../../server/output/replay.ts";
import { assertEquals, eventually } from "../assert.ts";
import type { FakeClock } from "../fakes/clock.ts";
import { type FakeEngine, idOf } from "../fakes/engine.ts";

/** Creates a line with a timestamp, in seconds from now. */
export function line(second: number, message: string, stream: OutputLine["stream"] = "stdout"): OutputLine {
  return { timestamp: new Date(Date.now() + second * 1000).toISOString(), message, stream };
}

/** Returns a container of an engine as a source of output. */
export function sourceOf(engine: FakeEngine, name = "web", hostId = "nas"): OutputSource {
  const containerId = idOf(name);
  return { hostId, containerId, engine, clockOffsetMs: 0, current: () => engine.containers.get(containerId) };
}

/** Creates the notice of dropped lines. */
export function notice(dropped: number): OutputFrame {
  return { timestamp: "", json: JSON.stringify({ message: `${dropped} dropped` }) };
}

/** A viewer that collects its messages; disposing it ends the viewing and waits for its end. */
export class Viewer implements AsyncDisposable {
  readonly messages: string[] = [];
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;

  constructor(outputs: Outputs, source: OutputSource, past?: ReplayRequest) {
    this.#reading = (async () => {
      for await (const frames of outputs.follow(source, past, notice, this.#stop.signal)) {
        const parsed = frames.map(({ json }) => JSON.parse(json));
        this.messages.push(...parsed.map(({ message, error }) => message ?? `! ${error}`));
      }
    })();
  }

  async has(...messages: readonly string[]): Promise<void> {
    await eventually(messages.join(), () => this.messages.length >= messages.length);
    assertEquals(this.messages, messages);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }
}

/** Ends a viewer under a fake clock, whose timers run only when it is moved. */
export async function endOf(viewer: Viewer, clock: FakeClock): Promise<void> {
  const ended = viewer[Symbol.asyncDispose]();
  await clock.tickAsync(1000);
  await ended;
}
