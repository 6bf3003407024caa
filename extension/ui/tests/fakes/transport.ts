/** Fake server whose answers a test sets. */
import {
  type Channel,
  type ChannelListener,
  type Question,
  Refusal,
  type Transport,
  Unreachable,
} from "../../src/lib/transport/transport.ts";

/** One connection of the page. */
export interface FakeChannel extends Channel {
  readonly path: string;
  readonly listener: ChannelListener;
  closed: boolean;
}

/** Records requests, and sends the answers of the test. */
export class FakeTransport implements Transport {
  readonly kind = "browser";
  readonly channels: FakeChannel[] = [];
  /** Answer or pending answer for each path, or method and path; an `Error` rejects, and a path without an answer is unreachable. */
  readonly answers: Record<string, unknown> = {};
  readonly asked: string[] = [];
  /** Body of each request that has one, oldest first. */
  readonly bodies: unknown[] = [];

  ask<T>(path: string, { method = "GET", body, bytes }: Question = {}): Promise<T> {
    this.asked.push(`${method} ${path}`);
    if (body !== undefined) this.bodies.push(body);
    if (bytes !== undefined) this.bodies.push(new TextDecoder().decode(bytes));
    const answer = this.answers[`${method} ${path}`] ?? this.answers[path];
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined
      ? Promise.reject(new Unreachable("nobody there"))
      : Promise.resolve(answer as T);
  }

  read(path: string): Promise<Uint8Array> {
    return this.ask(path);
  }

  open(path: string, listener: ChannelListener): Channel {
    const channel: FakeChannel = { path, listener, closed: false, close: () => channel.closed = true };
    this.channels.push(channel);
    return channel;
  }

  describe(): Readonly<Record<string, string>> {
    return { way: "fake" };
  }

  /** The newest connection. */
  get newest(): FakeChannel {
    return this.channels.at(-1)!;
  }
}

/** Returns a refusal with a status. */
export function refusal(status: number, detail: string): Refusal {
  return new Refusal({ type: "about:blank", title: "Refused", status, detail });
}
