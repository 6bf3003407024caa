/** Limits for clients; `dockstat.yaml` may set each under `limits`. */
import * as v from "valibot";

/** Bounds of everything that comes from outside. */
export interface Limits {
  /** Open sockets in total. */
  readonly sockets: number;
  /** Open sockets per address with the token. */
  readonly socketsPerPeer: number;
  /** Open sockets per address without the token; together they may have half of {@linkcode Limits.sockets}. */
  readonly socketsWithoutToken: number;
  /** Size of a request's headers, bytes. */
  readonly headerBytes: number;
  /** Size of a request's body, bytes. */
  readonly bodyBytes: number;
  /** Size of a frame from a client, bytes; clients send nothing but pings. */
  readonly frameBytes: number;
  /** Size of the send buffer of a slow reader, bytes. */
  readonly bufferBytes: number;
  /** Time after which a reader that takes nothing is disconnected, s. */
  readonly patienceSeconds: number;
  /** Time after which a peer that answers no ping is dropped, s. */
  readonly idleSeconds: number;
  /** Wrong tokens per address and minute. */
  readonly wrongTokens: number;
}

/** Default limits. */
export const DEFAULT_LIMITS: Limits = {
  sockets: 1000,
  socketsPerPeer: 500,
  socketsWithoutToken: 50,
  headerBytes: 16 * 1024,
  bodyBytes: 1024 * 1024,
  frameBytes: 4 * 1024,
  bufferBytes: 512 * 1024,
  patienceSeconds: 30,
  idleSeconds: 30,
  wrongTokens: 10,
};

/** Minimum and maximum of each limit. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, readonly [min: number, max: number]>> = {
  sockets: [1, 100_000],
  socketsPerPeer: [1, 100_000],
  socketsWithoutToken: [1, 100_000],
  headerBytes: [1024, 64 * 1024],
  bodyBytes: [1024, 64 * 1024 * 1024],
  frameBytes: [128, 1024 * 1024],
  bufferBytes: [16 * 1024, 64 * 1024 * 1024],
  patienceSeconds: [1, 3600],
  // A dead peer is dropped within a minute.
  idleSeconds: [1, 60],
  wrongTokens: [1, 1000],
};

/** Returns the schema entries of the limits, each a whole number in its range. */
export function limitEntries(): Record<string, v.OptionalSchema<v.GenericSchema<number>, undefined>> {
  const entries = Object.entries(LIMIT_RANGES).map(([name, [least, most]]) => {
    const expected = `a whole number from ${least} to ${most}`;
    const inRange = v.check<number, string>((value) => value >= least && value <= most, expected);
    return [name, v.optional(v.pipe(v.number(expected), v.integer(expected), inRange))] as const;
  });
  return Object.fromEntries(entries);
}
