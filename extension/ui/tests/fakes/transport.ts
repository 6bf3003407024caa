/** A server that does what a test tells it. */
import {
  type Channel,
  type ChannelListener,
  type Question,
  Refusal,
  type Transport,
  Unreachable,
} from "../../src/lib/transport/transport.ts";

/** One connection that was asked for. */
export interface FakeChannel extends Channel {
  readonly path: string;
  readonly listener: ChannelListener;
  closed: boolean;
}

/** Keeps what was asked, and answers as told. */
export class FakeTransport implements Transport {
  readonly kind = "browser";
  readonly channels: FakeChannel[] = [];
  /** The answer to each path; what is not here cannot be reached. */
  readonly answers: Record<string, unknown> = {};
  readonly asked: string[] = [];

  ask<T>(path: string, { method = "GET" }: Question = {}): Promise<T> {
    this.asked.push(`${method} ${path}`);
    const answer = this.answers[path];
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined
      ? Promise.reject(new Unreachable("nobody there"))
      : Promise.resolve(answer as T);
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

/** A refusal of a status. */
export function refusal(status: number, detail: string): Refusal {
  return new Refusal({ type: "about:blank", title: "Refused", status, detail });
}
