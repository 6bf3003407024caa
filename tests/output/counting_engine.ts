/** An engine with one container, whose outputs are counted and can be cut. */
import type { OutputLine } from "../../server/docker/demux.ts";
import type { OutputRequest } from "../../server/docker/engine.ts";
import { aborted } from "../../server/duration.ts";
import { eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";

/** An engine that counts its open outputs and the lines that its readers have processed. */
export class CountingEngine extends FakeEngine implements AsyncDisposable {
  open = 0;
  processed = 0;
  /** Set to make the replays fail. */
  replayError: Error | undefined;

  constructor() {
    super(fakeContainer("web"));
  }

  /** Set to find no lines by number, and to send nothing new on open streams, as after a log file was truncated. */
  truncated = false;
  #cut = new AbortController();

  /** Ends the streams that are being read, as a proxy does. */
  cut(): void {
    this.#cut.abort();
    this.#cut = new AbortController();
  }

  override async *output(
    id: string,
    request: OutputRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputLine[]> {
    if (!request.follow && this.replayError !== undefined) throw this.replayError;
    this.open++;
    try {
      if (this.truncated && request.tail !== undefined) {
        if (request.follow) await aborted(signal);
        return;
      }
      const stopped = AbortSignal.any([signal, this.#cut.signal]);
      for await (const lines of super.output(id, request, stopped)) {
        yield lines;
        // What was written before is sent, but nothing after it.
        if (request.follow && this.truncated) await aborted(stopped);
        if (request.follow) this.processed += lines.length;
      }
    } finally {
      this.open--;
    }
  }

  /** Waits until no output is being read. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await eventually("the end of the outputs", () => this.open === 0);
  }
}
