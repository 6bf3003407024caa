/** Pulls without a person: by a schedule, a webhook, or a token that can do nothing else. */
import { sameSecret } from "../access/credentials.ts";
import { parseDuration, pause, untilAborted } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { ChangedGit, GitChange } from "../protocol/git/git.ts";
import type { Running } from "../stacks/running.ts";
import { digestOf } from "../store/digest.ts";
import { type GitStacks, toState } from "./git_stacks.ts";

/** Clock of the schedules. */
export interface GitClock {
  /** Interval between checks of what is due, ms. */
  readonly tickMs: number;
  /** Returns a time that never goes back, ms. */
  readonly now: () => number;
}

const CLOCK: GitClock = { tickMs: 10_000, now: () => performance.now() };
/** Wait before the next attempt while a change of the stack is stored, ms. */
const RETRY_MS = 500;
/** Beginning of a token for redeployment. */
const TOKEN_PREFIX = "dockstat-redeploy-";

const log = getLogger(["dockstat", "git"]);

/** Automatic pulls until it is disposed. */
export class AutomaticPulls implements AsyncDisposable {
  readonly #end = new AbortController();
  /** Time of the last check of each stack, by the clock. */
  readonly #checked = new Map<number, number>();
  /** Stacks that are pulled when their operation has ended. */
  readonly #queued = new Map<number, Promise<void>>();
  readonly #timer: ReturnType<typeof setTimeout>;
  /** Running checks by stack. */
  readonly #checks = new Map<number, Promise<void>>();

  constructor(readonly git: GitStacks, readonly clock: GitClock = CLOCK) {
    this.#timer = setInterval(() => this.#checkDue(), clock.tickMs);
  }

  /**
   * Starts a pull, or queues it behind the running operation of the stack.
   *
   * @returns `undefined` for a queued one.
   */
  start(stackId: number): Running | undefined {
    try {
      return this.git.pull(stackId);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "busy")) throw error;
      if (!this.#queued.has(stackId)) this.#queued.set(stackId, this.#startLater(stackId));
      return undefined;
    }
  }

  /**
   * Changes when a stack is pulled; new secrets are returned once.
   *
   * @throws {AppError} "not-found".
   */
  change(stackId: number, { schedule, webhook, token }: GitChange): ChangedGit {
    const { rows } = this.git.own;
    this.git.row(stackId);
    const secret = webhook ? newSecret() : null;
    const redeploy = token ? TOKEN_PREFIX + newSecret() : null;
    rows.update(stackId, {
      ...schedule !== undefined && { schedule },
      ...webhook !== undefined && { webhookSecret: secret },
      ...token !== undefined && { tokenHash: redeploy === null ? null : hashOf(redeploy) },
    });
    if (schedule !== undefined) this.#checked.set(stackId, this.clock.now());
    return { ...toState(this.git.row(stackId), true), webhook_secret: secret, redeploy_token: redeploy };
  }

  /** Reports whether a text is the token that can redeploy a stack. */
  isToken(stackId: number, text: string): boolean {
    const hash = this.git.own.rows.get(stackId)?.tokenHash ?? null;
    return hash !== null && sameSecret(hashOf(text), hash);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    clearInterval(this.#timer);
    await Promise.all([...this.#checks.values(), ...this.#queued.values()]);
  }

  #checkDue(): void {
    const now = this.clock.now();
    for (const stackId of this.git.own.rows.ids()) {
      if (this.#checks.has(stackId) || !this.#isDue(stackId, now)) continue;
      this.#checked.set(stackId, now);
      const check = this.#check(stackId)
        // A full disk refuses the note of a failure.
        .catch((error) =>
          log.error("Cannot check stack {stackId}: {error}", { stackId, error: reason(error) })
        )
        .finally(() => this.#checks.delete(stackId));
      this.#checks.set(stackId, check);
    }
  }

  #isDue(stackId: number, now: number): boolean {
    const every = parseDuration(this.git.own.rows.get(stackId)?.schedule ?? "");
    if (every === undefined) return false;
    const last = this.#checked.get(stackId);
    if (last !== undefined) return now - last >= every;
    // After a start the stacks are checked within one interval, not all at once.
    this.#checked.set(stackId, now - Math.random() * every);
    return false;
  }

  /** Starts an operation only when the branch has moved. */
  async #check(stackId: number): Promise<void> {
    const { rows } = this.git.own;
    const row = rows.get(stackId);
    if (row === undefined || this.#end.signal.aborted) return;
    try {
      const head = await this.git.head(row, this.#end.signal);
      // A commit that was refused fails once, and then waits for a person.
      if (rows.get(stackId)?.refused === head) return;
      if (head === row.commit) return this.git.note(stackId, undefined);
      await this.start(stackId)?.done;
    } catch (error) {
      if (this.#end.signal.aborted) return;
      log.warn("Cannot check the branch of stack {stackId}: {error}", { stackId, error: reason(error) });
      this.git.note(stackId, error);
    }
  }

  /** Waits for the running operation of a stack, then pulls; never rejects. */
  async #startLater(stackId: number): Promise<void> {
    const { stacks, parts: { runner } } = this.git.own;
    const { signal } = this.#end;
    try {
      const { hostId, name } = stacks.record(stackId);
      await untilAborted(runner.of(hostId, name)?.done ?? pause(RETRY_MS, signal), signal);
      this.#queued.delete(stackId);
      this.start(stackId);
    } catch (error) {
      this.#queued.delete(stackId);
      if (!signal.aborted) {
        log.warn("Cannot pull stack {stackId}: {error}", { stackId, error: reason(error) });
      }
    }
  }
}

function hashOf(token: string): string {
  return digestOf(new TextEncoder().encode(token));
}

function newSecret(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url", omitPadding: true });
}
