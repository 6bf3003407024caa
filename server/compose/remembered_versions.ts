/** The versions of Compose on this machine, found at most once a minute. */
import { getLogger } from "../log/log.ts";
import type { ComposeVersions } from "./command.ts";
import type { Compose } from "./compose.ts";

/** Time for which the versions are remembered, ms: Compose may be installed or updated meanwhile. */
const KEPT_MS = 60_000;

const log = getLogger(["dockstat", "compose"]);

/** Remembers the versions of Compose. Disposing it waits for the report. */
export class RememberedVersions implements AsyncDisposable {
  #report: Promise<void> = Promise.resolve();
  #found: { readonly at: number; readonly versions: Promise<ComposeVersions> } | undefined;

  constructor(readonly compose: Pick<Compose, "versions">) {}

  /** Returns the versions. */
  async get(): Promise<ComposeVersions> {
    const now = performance.now();
    if (this.#found === undefined || now - this.#found.at > KEPT_MS) {
      this.#found = { at: now, versions: this.compose.versions() };
    }
    return await this.#found.versions;
  }

  /**
   * Logs the version that is used, and warns if the user's own `docker compose` is another one. The server listens
   * first, because the process of Compose would delay its start.
   */
  report(): void {
    this.#report = this.#log().catch((error) => log.error("Cannot find Compose: {error}", { error }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#report;
  }

  async #log(): Promise<void> {
    const { used, user, skipped } = await this.get();
    if (used === null) {
      return log.warn("Compose was not found: stacks cannot run. dockstat check explains why");
    }
    log.info("Compose {used} runs the stacks", { used });
    const isOther = user !== null && user !== used;
    if (isOther) log.warn("Compose {used} runs the stacks, but docker compose is {user}", { used, user });
    if (skipped.length === 0) return;
    log.warn("Not allowed to start {programs}: add each one to --allow-run", {
      programs: skipped.join(", "),
    });
  }
}
