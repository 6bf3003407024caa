/** Watches the requests for numbers: for containers whose numbers are missing, and for a host that is silent. */
import type { Engine } from "../docker/engine.ts";
import { nextRound } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Board } from "./board.ts";
import { quotedNames } from "./names.ts";
import type { SamplerTimes } from "./times.ts";
import { within } from "./within.ts";

const log = getLogger(["dockstat", "stats"]);

/** The watch over one host's requests for numbers. */
export class AnswerWatch {
  /** Start times of requests in flight, by `performance.now()`. */
  readonly #inFlight = new Map<string, number>();
  /** Time of the last answer, by `performance.now()`. */
  #lastAnswer = 0;
  /** Reason of the newest request that has failed since the last answer. */
  #failure: string | undefined;
  /** Time between the last two turns of the sampler, ms. */
  intervalMs = 0;

  constructor(readonly engine: Engine, readonly board: Board, readonly times: SamplerTimes) {}

  /** Notes a request for a container's numbers; false if one is in flight. */
  begin(id: string): boolean {
    if (this.#inFlight.has(id)) return false;
    this.#inFlight.set(id, performance.now());
    return true;
  }

  /** Notes the end of a request. */
  end(id: string): void {
    this.#inFlight.delete(id);
  }

  /** Records the reason for a failed request. */
  failed(error: unknown): void {
    this.#failure = reason(error);
  }

  /** Notes an answer. */
  answered(): void {
    this.#lastAnswer = performance.now();
    this.#failure = undefined;
  }

  /**
   * Checks until the signal aborts.
   *
   * @throws {AppError} "engine-unreachable" when the host is silent.
   */
  async run(signal: AbortSignal): Promise<void> {
    this.answered();
    let ping: Promise<void> | undefined;
    const failed = Promise.withResolvers<never>();
    const check = async () => {
      for (;;) {
        await nextRound(this.times.checkMs, signal);
        if (signal.aborted) return;
        this.#expire();
        if (this.#quietMs() <= this.times.silenceMs / 2) continue;
        ping ??= this.#ping(signal).catch(failed.reject).finally(() => ping = undefined);
      }
    };
    try {
      await Promise.race([check(), failed.promise]);
    } finally {
      await ping;
    }
  }

  /** Reports containers whose numbers are missing. */
  #expire(): void {
    const { firstMs, nextMs } = this.times;
    const silent = this.board.expire({ firstMs, nextMs: Math.max(nextMs, 3 * this.intervalMs) });
    if (silent.length === 0) return;
    this.board.flush();
    log.warn("Host {hostId}: no statistics of container {names}: {why}", {
      hostId: this.board.hostId,
      names: quotedNames(silent.map(({ name }) => name)),
      why: this.#failure ?? "the engine does not send its statistics",
    });
  }

  /** Time for which the engine has answered nothing since the oldest open request, ms. */
  #quietMs(): number {
    return performance.now() - Math.max(Math.min(...this.#inFlight.values()), this.#lastAnswer);
  }

  /** Pings an engine that answers no request for numbers: a container that hangs does not make its host silent. */
  async #ping(signal: AbortSignal): Promise<void> {
    const quietMs = this.#quietMs();
    try {
      await within(this.times.silenceMs / 2, "a ping", signal, (patience) => this.engine.ping(patience));
      this.answered();
    } catch (error) {
      const longer = this.#quietMs();
      // Numbers have arrived meanwhile.
      if (signal.aborted || longer < quietMs) return;
      log.debug("Host {hostId}: {reason}", { hostId: this.board.hostId, reason: reason(error) });
      throw new AppError("engine-unreachable", `no answer for ${Math.round(longer / 1000)} s`, {
        cause: error,
      });
    }
  }
}
