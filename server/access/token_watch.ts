/** Follows the file of the token, which `dockstat token --rotate` writes when it does not find the server. */
import { nextRound } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Sessions } from "./sessions.ts";
import { type AccessToken, readToken } from "./token.ts";

/** Interval at which the file is read, ms: sessions end within a second. */
const CHECK_MS = 500;

const log = getLogger(["dockstat", "access"]);

/** Ends the sessions and sockets of a token that was replaced in its file. */
export class TokenWatch implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #watching: Promise<void>;

  /** @param folder Data folder. */
  constructor(
    readonly folder: string,
    readonly token: AccessToken,
    readonly sessions: Pick<Sessions, "endAll">,
    readonly checkMs: number = CHECK_MS,
  ) {
    this.#watching = this.#watch();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await nextRound(this.checkMs, signal);
      try {
        const text = await readToken(this.folder);
        // Without the file the token stays valid until the next start.
        if (signal.aborted || text === undefined || text === this.token.text) continue;
        this.token.replace(text);
        this.sessions.endAll(text);
        log.info("The token has changed, and all sessions have ended");
      } catch (error) {
        log.debug("Cannot read the token again: {error}", { error: reason(error) });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }
}
