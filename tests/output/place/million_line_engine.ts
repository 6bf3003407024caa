/** An engine with one container that has written a million lines. */
import type { OutputRequest } from "../../../server/docker/engine.ts";
import type { OutputLine } from "../../../server/docker/demux.ts";
import { formatMoment } from "../../../server/moment.ts";
import type { OutputSource } from "../../../server/output/frame.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";

/** Number of lines at first. */
const LINES = 1_000_000;
/** 2026-08-01T12:00:00Z. */
const START = 1_785_585_600_000_000_000n;
const BATCH = 500;

/** Returns the time of a line, in ns after the first one. */
export type Shape = (line: number) => number;

/** An engine whose lines are created as they are read; it counts its requests, lines and bytes. */
export class MillionLines extends FakeEngine {
  /** Number of lines of the container. */
  lines = LINES;
  /** Requests since the last reset. */
  requests: OutputRequest[] = [];
  /** Number of lines that they have read. */
  linesSent = 0;
  /** Number of bytes of these lines. */
  bytesSent = 0;

  constructor(readonly shape: Shape) {
    super(fakeContainer("web"));
  }

  /** The output of the container. */
  get source(): OutputSource {
    return {
      hostId: "nas",
      containerId: idOf("web"),
      engine: this,
      clockOffsetMs: 0,
      current: () => this.containers.get(idOf("web")),
    };
  }

  /** Returns the time of a line, epoch ns. */
  at(line: number): bigint {
    return START + BigInt(Math.floor(this.shape(line)));
  }

  /** Forgets the requests so far. */
  reset(): void {
    this.requests = [];
    this.linesSent = 0;
    this.bytesSent = 0;
  }

  override async *output(_id: string, request: OutputRequest): AsyncGenerator<readonly OutputLine[]> {
    await Promise.resolve();
    this.requests.push(request);
    const { tail = this.lines, sinceNs = 0n, untilNs } = request;
    let from = Math.max(this.lines - tail, 0);
    if (sinceNs > START) { while (from < this.lines && this.at(from) < sinceNs) from++; }
    for (; from < this.lines && (untilNs === undefined || this.at(from) <= untilNs); from += BATCH) {
      const lines = Array.from({ length: Math.min(BATCH, this.lines - from) }, (_, index): OutputLine => ({
        timestamp: formatMoment(this.at(from + index)),
        message: String(from + index),
        stream: "stdout",
      }));
      this.linesSent += lines.length;
      for (const { timestamp, message } of lines) this.bytesSent += timestamp.length + message.length;
      yield lines;
    }
  }
}
