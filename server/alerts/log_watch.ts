/** Rules about container output: each container that a rule names is followed once, for all rules. */
import type { Container } from "../docker/container.ts";
import { getLogger } from "../log/log.ts";
import { compilePattern, type Pattern } from "../output/filter/pattern.ts";
import { searchTime, SLICE_MS } from "../output/filter/time_share.ts";
import { withoutCommands } from "../output/filter/level.ts";
import { lineOf, type OutputFrame, type OutputSource } from "../output/frame.ts";
import type { Outputs } from "../output/outputs.ts";
import type { Rule } from "../protocol/alerts/rule.ts";
import type { Feed } from "../stats/feed.ts";
import { plain } from "./channels/notice.ts";
import { containerSubject, matchesContainer } from "./engine/subject.ts";
import { rateOf } from "./engine/tracked.ts";
import type { Tracker } from "./engine/tracker.ts";

/** Most containers that are followed for rules. */
const MOST = 200;
/** Interval at which new containers are looked for, ms. */
const LOOK_MS = 2000;

/** A rule with its compiled pattern. */
interface LogRule {
  readonly rule: Rule;
  readonly pattern: Pattern;
}

const log = getLogger(["dockstat", "alerts"]);

/** Parts of a {@linkcode LogWatch}. */
export interface LogWatchParts {
  readonly feed: Feed;
  readonly outputs: Outputs;
  readonly tracker: Tracker;
  /** Reports whether DockStat itself runs in a container, whose lines never match. */
  readonly isOwn: (container: Container) => boolean;
}

/** The outputs that rules are about. Disposing it ends them. */
export class LogWatch implements AsyncDisposable {
  readonly #followed = new Map<string, AbortController>();
  readonly #runs = new Set<Promise<void>>();
  #rules: readonly LogRule[] = [];
  #lookedAt = -Infinity;
  #isFull = false;

  constructor(readonly parts: LogWatchParts) {}

  /** Replaces the rules; one with an invalid pattern is left out. */
  async use(rules: readonly Rule[]): Promise<void> {
    const compiled = await Promise.all(rules.map((rule) => compile(rule)));
    this.#rules = compiled.filter((rule) => rule !== undefined);
    this.#lookedAt = -Infinity;
  }

  /** Follows new containers, and no longer those that no rule names. */
  tick(): void {
    const now = this.parts.tracker.clock.mono();
    if (now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    const wanted = this.#rules.length === 0 ? new Map<string, OutputSource>() : this.#wanted();
    for (const [key, controller] of this.#followed) {
      if (wanted.has(key)) continue;
      controller.abort();
      this.#followed.delete(key);
    }
    for (const [key, source] of wanted) if (!this.#followed.has(key)) this.#follow(key, source);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const controller of this.#followed.values()) controller.abort();
    await Promise.all(this.#runs);
  }

  #wanted(): Map<string, OutputSource> {
    const found = new Map<string, OutputSource>();
    for (const hostId of this.parts.feed.hostIds) {
      for (const container of this.parts.feed.containers(hostId) ?? []) {
        const isNamed = this.#rules.some(({ rule }) => matchesContainer(rule.match, hostId, container));
        if (!isNamed || container.state !== "running" || this.parts.isOwn(container)) continue;
        const [source] = this.parts.feed.find(container.id, hostId);
        if (source !== undefined) found.set(`${hostId}/${container.id}`, source);
      }
    }
    if (found.size > MOST && !this.#isFull) {
      log.warn("Rules match the output of {count} containers, but only {most} are followed", {
        count: found.size,
        most: MOST,
      });
    }
    this.#isFull = found.size > MOST;
    return new Map([...found].slice(0, MOST));
  }

  #follow(key: string, source: OutputSource): void {
    const controller = new AbortController();
    this.#followed.set(key, controller);
    const run = this.#read(source, controller.signal).catch((error) => {
      if (!controller.signal.aborted) log.debug("Cannot follow {key} for rules: {error}", { key, error });
    }).finally(() => {
      this.#runs.delete(run);
      if (this.#followed.get(key) === controller) this.#followed.delete(key);
    });
    this.#runs.add(run);
  }

  async #read(source: OutputSource, signal: AbortSignal): Promise<void> {
    const notice = (): OutputFrame => ({ timestamp: "", json: "{}" });
    for await (const frames of this.parts.outputs.follow(source, undefined, notice, signal)) {
      for (let at = 0; at < frames.length && !signal.aborted;) {
        at = await searchTime.run(() => this.#matchSlice(source, frames, at), signal);
      }
    }
  }

  /** Matches lines for a few ms, and returns the index of the next one. */
  #matchSlice(source: OutputSource, frames: readonly OutputFrame[], from: number): number {
    const end = performance.now() + SLICE_MS;
    let at = from;
    while (at < frames.length && (at === from || performance.now() < end)) {
      const line = lineOf(frames[at++]!);
      const container = source.current();
      if (line !== undefined && container !== undefined) this.#match(source.hostId, container, line.message);
    }
    return at;
  }

  #match(hostId: string, container: Container, message: string): void {
    const text = withoutCommands(message);
    for (const { rule, pattern } of this.#rules) {
      if (!matchesContainer(rule.match, hostId, container) || !pattern(text)) continue;
      const facts = { reason: "A log line matches", line: plain(text), count: 1 };
      this.parts.tracker.hold(rule, containerSubject(hostId, container), facts, {
        lastsMs: rateOf(rule).withinMs,
      });
    }
  }
}

async function compile(rule: Rule): Promise<LogRule | undefined> {
  const { when } = rule;
  if (when.kind !== "log" || rule.problem !== null) return undefined;
  return { rule, pattern: await compilePattern("pattern", when.pattern, when.case ?? false) };
}
