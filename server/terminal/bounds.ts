/** Bounds of terminals. */

/** Bounds of terminals; options for tests that must not wait. */
export interface TerminalBounds {
  /** Open terminals in total. */
  readonly terminals: number;
  /** Open terminals per session or token. */
  readonly perSession: number;
  /** Time until the first frame of a client, ms. */
  readonly openingMs: number;
  /** Time until the engine has started the command, ms. */
  readonly startMs: number;
  /** Interval between two questions whether a command has started or ended, ms. */
  readonly pollMs: number;
  /** Time to end a process whose session has ended, ms. */
  readonly endMs: number;
  /** Time that a process gets to exit after SIGHUP, ms. */
  readonly hangUpMs: number;
  /** Input that waits for the engine, bytes. */
  readonly inputBytes: number;
  /** Output that a client with `flow` has not acknowledged, bytes. */
  readonly windowBytes: number;
}

/** Size of the largest frame of a client, bytes. */
export const LARGEST_FRAME = 1024 * 1024;

/** Default bounds. A process is ended within 5 s after its session. */
export const TERMINAL_BOUNDS: TerminalBounds = {
  terminals: 64,
  perSession: 16,
  openingMs: 30_000,
  startMs: 15_000,
  pollMs: 15,
  endMs: 4500,
  hangUpMs: 400,
  inputBytes: 2 * 1024 * 1024,
  windowBytes: 512 * 1024,
};
