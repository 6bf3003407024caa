import type { Problem } from "../../../../../server/protocol/problem.ts";

/** One connection of a socket; it ends once and does not come back. */
export interface Channel {
  close(): void;
}

/** What a channel tells. */
export interface ChannelListener {
  /** The server has greeted. */
  opened(): void;
  /** One frame after the greeting, as its text. */
  frame(text: string): void;
  /** It is over; nothing follows. `code` is the close code, 1006 for a connection that broke or never came. */
  closed(end: ChannelEnd): void;
}

/** How a channel has ended. */
export interface ChannelEnd {
  readonly code: number;
  readonly reason: string;
}

/** What is asked of the server. */
export interface Question {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** A way to the server. */
export interface Transport {
  readonly kind: "browser" | "desktop";
  /**
   * Asks over HTTP, and gives the answer's JSON.
   *
   * @throws {Refusal} with the server's words, or {@linkcode Unreachable}.
   */
  ask<T>(path: string, question?: Question): Promise<T>;
  /** Opens a socket, such as `/docker/stats?batch=1`. Failing to open is told by {@linkcode ChannelListener.closed}. */
  open(path: string, listener: ChannelListener): Channel;
  /** What a report of a fault should say of this way: no secrets. */
  describe(): Readonly<Record<string, string>>;
}

/** The server's refusal, with its words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Nothing answers. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Whether a value is the problem document of a refusal. */
export function isProblem(value: unknown): value is Problem {
  const { status, detail } = (value ?? {}) as Partial<Problem>;
  return typeof status === "number" && typeof detail === "string";
}
