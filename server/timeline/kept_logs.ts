/** The last lines of containers that an operation may remove, until their removal is recorded. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** Bounds of kept logs. */
export interface LogBounds {
  /** Number of lines per container. */
  readonly lines: number;
  /** Characters per container, before compression. */
  readonly characters: number;
  /** Longest delay of an operation, ms. */
  readonly patienceMs: number;
  /** Number of logs that wait for the removal of their container. */
  readonly waiting: number;
  /** Number of logs that are read at the same time. */
  readonly parallel: number;
}

const BOUNDS: LogBounds = {
  ...{ lines: 2000, characters: 512 * 1024, patienceMs: 5000, waiting: 200, parallel: 4 },
};

const log = getLogger(["dockstat", "timeline"]);

/** Logs by container. */
export class KeptLogs {
  readonly #logs = new Map<string, Uint8Array>();

  constructor(readonly bounds: LogBounds = BOUNDS) {}

  /** Reads the logs of containers; never rejects, and never delays an operation for long. */
  async read(
    hostId: string,
    engine: Engine,
    containers: readonly Container[],
    signal: AbortSignal,
  ): Promise<void> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(this.bounds.patienceMs)]);
    const rest = [...containers];
    const worker = async () => {
      for (let next = rest.shift(); next !== undefined && !patience.aborted; next = rest.shift()) {
        await this.#readOne(hostId, engine, next, patience);
      }
    };
    await Promise.all(Array.from({ length: this.bounds.parallel }, worker));
  }

  /** Returns the log of a container and forgets it; `undefined` if it has none. */
  take(hostId: string, id: string): Uint8Array | undefined {
    const key = `${hostId}/${id}`;
    const found = this.#logs.get(key);
    this.#logs.delete(key);
    return found;
  }

  /** Drops the logs of containers that were not removed. */
  forget(hostId: string, ids: readonly string[]): void {
    for (const id of ids) this.#logs.delete(`${hostId}/${id}`);
  }

  async #readOne(
    hostId: string,
    engine: Engine,
    { id, name }: Container,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const lines: string[] = [];
      for await (const batch of engine.output(id, { follow: false, tail: this.bounds.lines }, signal)) {
        for (const { timestamp, message } of batch) lines.push(`${timestamp} ${message}`);
        if (lines.length > this.bounds.lines) lines.splice(0, lines.length - this.bounds.lines);
      }
      if (lines.length > 0) this.#keep(`${hostId}/${id}`, await compressed(this.#shortened(lines)));
    } catch (error) {
      log.debug("Cannot keep the log of container {name}: {error}", { name, error: reason(error) });
    }
  }

  #keep(key: string, bytes: Uint8Array): void {
    this.#logs.delete(key);
    this.#logs.set(key, bytes);
    const [oldest] = this.#logs.keys();
    if (this.#logs.size > this.bounds.waiting && oldest !== undefined) this.#logs.delete(oldest);
  }

  /** Drops the oldest lines beyond the limit; a longer single line loses its beginning. */
  #shortened(lines: readonly string[]): string {
    let size = 0;
    let first = lines.length;
    while (first > 0 && size + lines[first - 1]!.length < this.bounds.characters) {
      size += lines[--first]!.length + 1;
    }
    const kept = lines.slice(Math.min(first, lines.length - 1)).join("\n");
    return `${kept.slice(-this.bounds.characters)}\n`;
  }
}

async function compressed(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
