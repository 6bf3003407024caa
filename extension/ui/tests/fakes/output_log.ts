/** Server with the logs of some containers, which answers pages as the real one does. */
import type { OutputEntry } from "../../../../server/protocol/output.ts";
import type { Channel, ChannelListener, Question } from "../../src/lib/transport/transport.ts";
import { FakeTransport } from "./transport.ts";

/** Returns the id of a container by its name. */
export function idOf(name: string): string {
  return name.padEnd(64, "0");
}

/** Timestamp of a line: a second and nanoseconds. */
export function stampOf(second: number, nano = 0): string {
  const base = new Date(Date.UTC(2026, 7, 1, 12) + second * 1000).toISOString().slice(0, 19);
  return `${base}.${String(nano).padStart(9, "0")}Z`;
}

/** Transport to such a server. */
export class LogTransport extends FakeTransport {
  readonly #logs = new Map<string, OutputEntry[]>();
  /** Called before each page is answered. */
  onPage: () => void = () => {};

  /** Adds a line to the log of a container. */
  write(name: string, timestamp: string, message: string): OutputEntry {
    const log = this.#logs.get(idOf(name)) ?? [];
    this.#logs.set(idOf(name), log);
    const ordinal = log.filter((line) => line.timestamp === timestamp).length;
    const line: OutputEntry = {
      ...{ timestamp, message, stream: "stdout", containerId: idOf(name), hostId: "nas" },
      cursor: `${timestamp}_${ordinal}`,
    };
    log.push(line);
    return line;
  }

  /** Sends lines to the newest socket. */
  send(...lines: readonly OutputEntry[]): void {
    this.newest.listener.frame(JSON.stringify(lines.map(({ cursor: _cursor, ...line }) => line)));
  }

  override ask<T>(path: string, question: Question = {}): Promise<T> {
    const [name, query] = path.split("?");
    if (name !== "/logs/ws") return super.ask(path, question);
    this.asked.push(`GET ${path}`);
    const answer = this.#page(new URLSearchParams(query));
    return Promise.resolve().then(() => {
      this.onPage();
      return answer as T;
    });
  }

  override open(path: string, listener: ChannelListener): Channel {
    const channel = super.open(path, listener);
    listener.opened();
    return channel;
  }

  #page(options: URLSearchParams): readonly OutputEntry[] {
    const log = options.getAll("container").flatMap((id) => this.#logs.get(id) ?? []).sort((one, other) =>
      isBefore(one.cursor, other.cursor) ? -1 : 1
    );
    const count = Number(options.get("tail"));
    const around = options.get("around");
    if (around !== null) {
      const first = log.findIndex(({ cursor }) =>
        !isBefore(cursor, around.includes("_") ? around : `${around}_0`)
      );
      const index = first < 0 ? log.length : first;
      return log.slice(Math.max(index - count, 0), index + count);
    }
    const [before, after] = [options.get("before"), options.get("after")];
    if (after !== null) return log.filter(({ cursor }) => isBefore(after, cursor)).slice(0, count);
    return log.filter(({ cursor }) => before === null || isBefore(cursor, before)).slice(-count);
  }
}

function isBefore(one: string, other: string): boolean {
  const [a, b] = [one.split("_"), other.split("_")];
  return a[0] === b[0] ? Number(a[1]) < Number(b[1]) : a[0]! < b[0]!;
}
