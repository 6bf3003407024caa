/** What a peer may ask for, in one place; `dockstat.yaml` may set each under `limits`. */

/** The bounds of everything that comes from outside. */
export interface Limits {
  /** Open sockets in all. */
  readonly sockets: number;
  /** Open sockets of one address. */
  readonly socketsPerPeer: number;
  /** The headers of a request, bytes. */
  readonly headerBytes: number;
  /** The body of a request, bytes. */
  readonly bodyBytes: number;
  /** A frame that a client sends, bytes; it has nothing to say but pings. */
  readonly frameBytes: number;
  /** What may wait in the server for a slow reader, bytes. */
  readonly bufferBytes: number;
  /** A reader that takes nothing for this long is sent away, s. */
  readonly patienceSeconds: number;
  /** A peer that answers no ping for this long is dropped, s. */
  readonly idleSeconds: number;
  /** Wrong tokens of one address per minute. */
  readonly wrongTokens: number;
}

/** What DockStat runs with unless it is told otherwise. */
export const DEFAULT_LIMITS: Limits = {
  sockets: 1000,
  socketsPerPeer: 500,
  headerBytes: 16 * 1024,
  bodyBytes: 1024 * 1024,
  frameBytes: 4 * 1024,
  bufferBytes: 512 * 1024,
  patienceSeconds: 30,
  idleSeconds: 30,
  wrongTokens: 10,
};

/** The least and the most that each may be set to. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, readonly [least: number, most: number]>> = {
  sockets: [1, 100_000],
  socketsPerPeer: [1, 100_000],
  headerBytes: [1024, 64 * 1024],
  bodyBytes: [1024, 64 * 1024 * 1024],
  frameBytes: [128, 1024 * 1024],
  bufferBytes: [16 * 1024, 64 * 1024 * 1024],
  patienceSeconds: [1, 3600],
  // A dead peer is dropped within a minute.
  idleSeconds: [1, 60],
  wrongTokens: [1, 1000],
};
