/** Applies changes of `dockstat.yaml` to the running server: on SIGHUP, and when the file is saved. */
import type { ConfigFile } from "../config/config_file.ts";
import { nextRound } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import { fileState, StableFile } from "./file_watch.ts";
import { lostHosts, whyHalfWritten } from "./half_written.ts";

/** A loaded file with its parsed contents. */
export interface LoadedFile {
  readonly file: ConfigFile;
  readonly source: { readonly name: string; readonly text: string };
}

/** Times of a reloader, ms; options for tests that must not wait. */
export interface ReloadTimes {
  /** Interval of the checks. */
  readonly checkMs: number;
  /** Time for which a file must be unchanged. */
  readonly stableMs: number;
  /** The same for a file that looks half-written. */
  readonly holdMs: number;
  /** The same for one that looks half-written and removes hosts. */
  readonly removalMs: number;
}

/** Options for {@linkcode Reloader}. */
export interface ReloadOptions<L extends LoadedFile> {
  /** The configuration of the start. */
  readonly loaded: L;
  /** Reads the file again; throws with the place of what is wrong in it. */
  readonly read: () => Promise<L>;
  /**
   * Appliers of sections that may change at any time. Each returns what it has changed. The other sections decide on
   * access, so only a restart applies them.
   */
  readonly appliers: Readonly<Partial<Record<keyof ConfigFile, (next: L) => Promise<readonly string[]>>>>;
  /** Receives the reason why a file was not applied, for viewers; `null` once one is. */
  readonly notify: (error: string | null) => void;
  /** Requests to reload at once. */
  readonly requests: Hub<"reload">;
  readonly times?: ReloadTimes;
}

/** Interval in which the remaining time of a wait is reported, s. */
const COUNT_SECONDS = 10;

/** Production values. */
const RELOAD_TIMES: ReloadTimes = { checkMs: 500, stableMs: 1000, holdMs: 10_000, removalMs: 60_000 };

const log = getLogger(["dockstat", "config"]);

/** Watches the configuration file until it is disposed. */
export class Reloader<L extends LoadedFile> implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #options: ReloadOptions<L>;
  readonly #times: ReloadTimes;
  readonly #running: Promise<void>;
  #loaded: L;
  #asked = false;
  #error: string | null = null;
  /** Signature of the file that was reported as half-written, and the last report. */
  #held: { readonly signature: string; readonly shown: string } | undefined;

  constructor(options: ReloadOptions<L>) {
    this.#options = options;
    this.#times = options.times ?? RELOAD_TIMES;
    this.#loaded = options.loaded;
    this.#running = Promise.all([this.#listen(), this.#watch()]).then(() => {})
      .catch((error) => log.error("The configuration is no longer watched: {error}", { error }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  get #name(): string {
    return this.#loaded.source.name;
  }

  async #listen(): Promise<void> {
    const queue = { push: () => void (this.#asked = true), take: () => [] };
    const asked = this.#options.requests.subscribe(queue, this.#stop.signal);
    for await (const _each of asked);
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    const file = new StableFile(performance.now());
    while (!signal.aborted) {
      await nextRound(this.#times.checkMs, signal);
      if (signal.aborted) return;
      try {
        await this.#check(file);
      } catch (error) {
        this.#refuse(error, file);
      }
    }
  }

  async #check(file: StableFile): Promise<void> {
    if (this.#asked) file.again();
    const { signature, openToOthers } = await fileState(this.#name);
    const ageMs = file.check(signature, performance.now());
    if (ageMs === undefined || ageMs < this.#times.stableMs) return;
    const next = await this.#options.read();
    // It was written while it was read.
    if ((await fileState(this.#name)).signature !== signature) return;
    if (next.source.text === this.#loaded.source.text && !this.#asked && this.#error === null) {
      return file.handled();
    }
    if (openToOthers) {
      return this.#refuse(new AppError("usage", `every user can write ${this.#name}: chmod o-w first`), file);
    }
    const why = whyHalfWritten(next.source.text, this.#loaded.source.text);
    if (why !== undefined && this.#mustWait(why, next, ageMs, signature)) return;
    file.handled();
    await this.#apply(next);
  }

  /** Reports whether a file that looks half-written must wait; viewers see how long, and the log has it once. */
  #mustWait(why: string, next: L, ageMs: number, signature: string): boolean {
    const lost = lostHosts(this.#loaded.file, next.file);
    const leftMs = (lost > 0 ? this.#times.removalMs : this.#times.holdMs) - ageMs;
    const isEmpty = why === "it is empty";
    if (leftMs <= 0 && !isEmpty) return false;
    this.#asked = false;
    const rest = ` looks half-written: ${why}${isEmpty ? "" : waitText(lost, leftMs)}`;
    const shown = baseName(this.#name) + rest;
    if (this.#held?.shown === shown && this.#held.signature === signature) return true;
    if (this.#held?.signature === signature) this.#options.notify(this.#error = shown);
    else this.#report(this.#name + rest, shown);
    this.#held = { signature, shown };
    return true;
  }

  #refuse(error: unknown, file: StableFile): void {
    file.handled();
    this.#asked = false;
    this.#report(reason(error), publicReason(error, this.#name));
  }

  #report(error: string, shown: string): void {
    log.warn("The configuration was not reloaded: {error}", { error });
    this.#error = shown;
    this.#options.notify(shown);
  }

  async #apply(next: L): Promise<void> {
    const before = this.#loaded;
    const changes: string[] = [];
    for (const apply of Object.values(this.#options.appliers)) changes.push(...await apply(next));
    const frozen = changedSections(before.file, next.file).filter((key) => !(key in this.#options.appliers));
    this.#loaded = next;
    this.#held = undefined;
    const { asked, name } = { asked: this.#asked, name: this.#name };
    this.#asked = false;
    if (this.#error !== null) this.#options.notify(this.#error = null);
    if (changes.length > 0) log.info("{name} was reloaded: {changes}", { name, changes: changes.join(", ") });
    else if (asked && frozen.length === 0) log.info("{name} was reloaded without changes", { name });
    if (frozen.length > 0) {
      log.warn("{name}: changes to {sections} apply after a restart", { name, sections: frozen.join(", ") });
    }
  }
}

function waitText(lost: number, leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000 / COUNT_SECONDS) * COUNT_SECONDS;
  const removal = lost === 0 ? "" : `, and removes ${lost} ${lost === 1 ? "host" : "hosts"}`;
  return `${removal}. It applies in ${seconds} s unless it changes`;
}

/** Returns the reason for viewers: the place in the file, without paths and values. */
function publicReason(error: unknown, name: string): string {
  const [issue] = error instanceof AppError ? error.issues : [];
  const place = issue?.line === undefined ? "" : `:${issue.line}:${issue.column}`;
  const what = issue === undefined || issue.path === name
    ? "the file cannot be used"
    : `${issue.path} is not valid`;
  return `${baseName(name)}${place}: ${what}. The log of DockStat has the details`;
}

function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, "");
}

/** Returns the sections of the file that differ. */
function changedSections(before: ConfigFile, next: ConfigFile): readonly (keyof ConfigFile)[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(next)]) as Set<keyof ConfigFile>;
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(next[key]));
}
