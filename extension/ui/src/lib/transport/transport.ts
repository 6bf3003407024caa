import type { Problem } from "../../../../../server/protocol/problem.ts";

/** One connection of a socket; it does not reconnect. */
export interface Channel {
  close(): void;
}

/** Callbacks of a channel. */
export interface ChannelListener {
  /** Called when the server has sent its greeting. */
  opened(): void;
  /** Called with the text of each frame after the greeting. */
  frame(text: string): void;
  /** Called once at the end. `code` is the close code, 1006 for a connection that failed. */
  closed(end: ChannelEnd): void;
}

/** Close code and reason of a channel. */
export interface ChannelEnd {
  readonly code: number;
  readonly reason: string;
}

/** Callbacks of a byte channel. */
export interface ByteListener {
  /** Called when the server has sent its greeting. */
  opened(): void;
  /** Called with each text frame after the greeting. */
  text(frame: string): void;
  /** Called with the bytes of each binary frame. */
  bytes(frame: Uint8Array): void;
  /** Called once at the end. */
  closed(end: ChannelEnd): void;
}

/** One connection of bytes and texts. */
export interface ByteChannel {
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** Options for {@linkcode Transport.ask}. */
export interface Question {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as they are, instead of a body. */
  readonly bytes?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** A connection to the server, over HTTP and sockets. */
export interface Transport {
  readonly kind: "browser" | "desktop";
  /**
   * Sends an HTTP request and returns the answer's JSON.
   *
   * @throws {Refusal} with the server's reason, or {@linkcode Unreachable}.
   */
  ask<T>(path: string, question?: Question): Promise<T>;
  /**
   * Requests a file, byte for byte.
   *
   * @throws As {@linkcode Transport.ask} does.
   */
  read(path: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Opens a socket, such as `/docker/stats?batch=1`. A failure is reported to {@linkcode ChannelListener.closed}. */
  open(path: string, listener: ChannelListener): Channel;
  /** Opens a socket of bytes, such as a terminal; absent in Docker Desktop, which has a terminal. */
  openBytes?(path: string, listener: ByteListener): ByteChannel;
  /** Returns facts for diagnostics, without secrets. */
  describe(): Readonly<Record<string, string>>;
}

/** Thrown when the server refuses a request; the message is the server's reason. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Thrown when the server does not answer. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Returns true for the problem document of a refusal. */
export function isProblem(value: unknown): value is Problem {
  const { status, detail } = (value ?? {}) as Partial<Problem>;
  return typeof status === "number" && typeof detail === "string";
}

/** Returns the message of a caught error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
