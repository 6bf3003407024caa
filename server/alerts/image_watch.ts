/** Rules about newer images: one alert per container and newer digest, until the container runs it. */
import type { Container } from "../docker/container.ts";
import { getLogger } from "../log/log.ts";
import type { Rule } from "../protocol/alerts/rule.ts";
import type { ImageUpdate } from "../protocol/images/updates.ts";
import type { Feed } from "../stats/feed.ts";
import type { ImageUpdates } from "../updates/image_updates.ts";
import { plain } from "./channels/notice.ts";
import { alertKey, containerSubject, matchesContainer } from "./engine/subject.ts";
import type { Tracker } from "./engine/tracker.ts";

/** Interval at which the images are compared without a new check of the registries, ms. */
const COMPARE_MS = 600_000;
/** Most objects whose last alert is remembered. */
const MOST = 20_000;
/** Length of a digest in a reason, with "sha256:". */
const SHORT = 19;

/** Parts of an {@linkcode ImageWatch}. */
export interface ImageWatchParts {
  readonly feed: Pick<Feed, "hostIds" | "containers">;
  readonly updates: Pick<ImageUpdates, "list" | "rounds">;
  readonly tracker: Tracker;
}

const log = getLogger(["dockstat", "alerts"]);

/** The rules about newer images. Disposing it waits for a running comparison. */
export class ImageWatch implements AsyncDisposable {
  #rules: readonly Rule[] = [];
  #rounds = -1;
  #comparedAt = -Infinity;
  #comparing: Promise<void> | undefined;
  /** Reasons that were reported, by rule and name: a recreated container has the same newer image. */
  readonly #reported = new Map<string, string>();

  constructor(readonly parts: ImageWatchParts) {}

  /** Replaces the rules, which apply from the next comparison on. */
  use(rules: readonly Rule[]): void {
    this.#rules = rules.filter(({ when }) => when.kind === "image");
    this.#comparedAt = -Infinity;
  }

  /** Compares the images after a check of the registries, and at intervals; never rejects. */
  tick(): void {
    const { updates, tracker } = this.parts;
    const now = tracker.clock.mono();
    const isDue = updates.rounds !== this.#rounds || now - this.#comparedAt >= COMPARE_MS;
    if (this.#rules.length === 0 || !isDue || this.#comparing !== undefined) return;
    [this.#rounds, this.#comparedAt] = [updates.rounds, now];
    this.#comparing = this.compare()
      .catch((error) => log.error("Cannot apply rules about images: {error}", { error }))
      .finally(() => this.#comparing = undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#rules = [];
    await this.#comparing;
  }

  /** Compares the images of all hosts with the rules. */
  async compare(): Promise<void> {
    const { feed, updates } = this.parts;
    for (const update of await updates.list(feed.hostIds)) {
      const known = new Map((feed.containers(update.hostId) ?? []).map((one) => [one.id, one]));
      for (const { id, policy, undone } of update.containers) {
        const container = known.get(id);
        if (container === undefined) continue;
        const isNewer = update.state === "newer" && policy !== "ignore";
        // After a failed check the newest image is not known, so an alert stays as it is.
        if (update.state !== "unknown") {
          this.#apply(update, container, isNewer ? reasonOf(update, undone) : undefined);
        }
      }
    }
  }

  #apply({ hostId }: ImageUpdate, container: Container, reason: string | undefined): void {
    const { tracker } = this.parts;
    const subject = containerSubject(hostId, container);
    for (const rule of this.#rules) {
      if (!matchesContainer(rule.match, hostId, container)) continue;
      const name = `${rule.id}\n${hostId}\n${container.name}`;
      if (reason === undefined) {
        this.#reported.delete(name);
        tracker.release(rule.id, subject);
        continue;
      }
      const key = alertKey(rule.id, subject);
      const [open] = tracker.find((one) => one.key === key);
      if (open === undefined && this.#reported.get(name) === reason) continue;
      if (open !== undefined && open.facts.reason !== reason) {
        tracker.end(open, "A newer image has replaced it");
      }
      tracker.hold(rule, subject, { reason });
      this.#report(name, reason);
    }
  }

  #report(name: string, reason: string): void {
    this.#reported.set(name, reason);
    if (this.#reported.size > MOST) this.#reported.delete(this.#reported.keys().next().value!);
  }
}

/** Describes a newer image, and why it was undone. */
function reasonOf({ image, newestDigest }: ImageUpdate, undone: string | null): string {
  const newer = `The tag "${plain(image)}" names a newer image, ${newestDigest?.slice(0, SHORT)}`;
  return undone === null ? newer : `${newer}, whose update was undone: ${undone}`;
}
