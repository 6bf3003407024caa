/** Exit codes of ends that a comparison has found: engines remember their last events, with the codes. */
import type { Engine } from "../docker/engine.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { KnownExit } from "../store/past/event_store.ts";

/** An end without a code. Times are epoch ms by DockStat's clock. */
export type UnknownExit = Omit<KnownExit, "exitCode">;

/** Times of the search, ms. */
export interface ExitCodeTimes {
  /** Delay, in which the event of the end usually arrives. */
  readonly delayMs: number;
  /** Timeout of the engine's answer. */
  readonly answerMs: number;
}

const TIMES: ExitCodeTimes = { delayMs: 2000, answerMs: 5000 };
/** Largest difference between the time of an end and that of its event, ms. */
const TOLERANCE_MS = 2000;
/** Number of ends of a host that are searched for at once. */
const MOST = 1000;

const log = getLogger(["dockstat", "timeline"]);

/** The ends without codes. Disposing it ends the search. */
export class ExitCodes implements Disposable {
  readonly #missing = new Map<string, UnknownExit[]>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #end = new AbortController();

  /** @param complete Stores a code. */
  constructor(
    readonly engineOf: (hostId: string) => Engine | undefined,
    readonly complete: (exit: KnownExit) => void,
    readonly times: ExitCodeTimes = TIMES,
  ) {}

  /**
   * Searches for the code of an end, a little later.
   *
   * @param offsetMs The engine's clock minus ours.
   */
  search(exit: UnknownExit, offsetMs: number): void {
    const { hostId } = exit;
    const missing = this.#missing.get(hostId);
    if (missing !== undefined) {
      if (missing.length < MOST) missing.push(exit);
      return;
    }
    this.#missing.set(hostId, [exit]);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#ask(hostId, offsetMs);
    }, this.times.delayMs);
    this.#timers.add(timer);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Never rejects. */
  async #ask(hostId: string, offsetMs: number): Promise<void> {
    const missing = this.#missing.get(hostId) ?? [];
    this.#missing.delete(hostId);
    const since = Math.min(...missing.map(({ at }) => at)) - TOLERANCE_MS;
    const span = { sinceMs: since + offsetMs, untilMs: Date.now() + offsetMs };
    try {
      const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(this.times.answerMs)]);
      for await (const event of await this.engineOf(hostId)?.events(signal, signal, span) ?? []) {
        const { id, at, exitCode } = event;
        if (exitCode === undefined || at === undefined) continue;
        const isIt = ({ containerId, at: ended }: UnknownExit) =>
          containerId === id && Math.abs(at - offsetMs - ended) <= TOLERANCE_MS;
        const exit = missing.find(isIt);
        if (exit !== undefined && !this.#end.signal.aborted) this.complete({ ...exit, exitCode });
      }
    } catch (error) {
      if (this.#end.signal.aborted) return;
      log.debug("Host {hostId}: cannot read earlier events: {reason}", { hostId, reason: reason(error) });
    }
  }
}
