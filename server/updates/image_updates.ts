/** Newer images of all hosts: compares what containers run with what registries serve. */
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { ImageUpdate } from "../protocol/images/updates.ts";
import { isVersion, newerTag } from "../registry/newer_tag.ts";
import type { ImageReference } from "../registry/reference.ts";
import { RegistryClient, type RegistryParts } from "../registry/registry_client.ts";
import { RegistryError } from "../registry/registry_error.ts";
import { Semaphore } from "../semaphore.ts";
import type { Feed } from "../stats/feed.ts";
import type { ImageCheck, ImageChecks } from "../store/images/image_checks.ts";
import { checkable, compare, type LocalImage, nameOf } from "./compare.ts";
import { localImages } from "./local_images.ts";
import type { ManagedServices } from "./managed_services.ts";

/** Parts of {@linkcode ImageUpdates}. */
export interface UpdateParts extends RegistryParts {
  readonly feed: Pick<Feed, "hostIds" | "containers" | "engine">;
  readonly checks: ImageChecks;
  readonly managed: ManagedServices;
  /** True to check once a day; otherwise only on request. */
  readonly daily: boolean;
}

/** Number of tags that are read at a time, of all registries. */
const PARALLEL = 4;
/** Longest wait for the engines, ms. */
const ENGINE_PATIENCE_MS = 20_000;
/** Longest time of one round, ms. */
const ROUND_MS = 300_000;
const DAY_MS = 86_400_000;
/** Age at which the list for metrics is read again, ms. */
const RECENT_MS = 60_000;
/** Wait after the start, ms: the hosts are connecting. */
const FIRST_MS = 60_000;

const NO_ANSWER: ImageCheck = {
  digest: null,
  newerTag: null,
  checkedAt: null,
  digestSince: null,
  error: null,
  errorSince: null,
  retryAt: null,
};

const log = getLogger(["dockstat", "updates"]);

/** Checks images on request, and daily if configured. Disposing it ends a running check. */
export class ImageUpdates implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #now: () => number;
  readonly #daily: Promise<void>;
  #round: Promise<void> | undefined;
  #rounds = 0;
  #recent: readonly ImageUpdate[] = [];
  #recentAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(readonly parts: UpdateParts) {
    this.#now = parts.now ?? Date.now;
    this.#daily = parts.daily ? this.#everyDay() : Promise.resolve();
  }

  /** True while registries are being read. */
  get checking(): boolean {
    return this.#round !== undefined;
  }

  /** Number of checks that have ended. */
  get rounds(): number {
    return this.#rounds;
  }

  /** Returns the images of the given hosts, compared with the last answers of their registries. */
  async list(hostIds: readonly string[]): Promise<ImageUpdate[]> {
    const { checks } = this.parts;
    return (await this.#local(hostIds)).map((image) => compare(image, (name) => checks.get(name)));
  }

  /**
   * Returns the images of all hosts without waiting: a list that is older than a minute is read again in the background,
   * so the first call returns none.
   */
  recent(): readonly ImageUpdate[] {
    if (this.#now() - this.#recentAt >= RECENT_MS && !this.#stop.signal.aborted) {
      this.#reading ??= this.#readRecent().finally(() => this.#reading = undefined);
    }
    return this.#recent;
  }

  async #readRecent(): Promise<void> {
    try {
      this.#recent = await this.list(this.parts.feed.hostIds);
      this.#recentAt = this.#now();
    } catch (error) {
      log.error("Cannot list images: {error}", { error });
    }
  }

  /** Reads the registries of all images of these hosts; a running check is joined, whatever its hosts. */
  check(hostIds: readonly string[]): Promise<void> {
    this.#round ??= this.#check(hostIds).finally(() => {
      this.#round = undefined;
      this.#rounds++;
    });
    return this.#round;
  }

  async #check(hostIds: readonly string[]): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ROUND_MS)]);
    const wanted = new Map<string, ImageReference>();
    for (const image of await this.#local(hostIds)) {
      const found = checkable(image);
      if ("reference" in found) wanted.set(nameOf(found.reference), found.reference);
    }
    const client = new RegistryClient(this.parts);
    const slots = new Semaphore(PARALLEL);
    await Promise.all([...wanted].map(async ([name, reference]) => {
      using slot = await slots.acquireUnlessAborted(signal);
      if (slot !== undefined) await this.#read(client, name, reference, signal);
    }));
    log.info("Checked {count} images for newer ones", { count: wanted.size });
  }

  /** Reads one tag, unless its registry has asked for a pause, and stores the answer. */
  async #read(client: RegistryClient, name: string, reference: ImageReference, signal: AbortSignal) {
    const { checks } = this.parts;
    const last = checks.get(name) ?? NO_ANSWER;
    if ((last.retryAt ?? 0) > this.#now()) return;
    let next: ImageCheck;
    try {
      next = await this.#answer(client, reference, last, signal);
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        if (signal.aborted) return;
        throw error;
      }
      const since = last.error === null ? this.#now() : last.errorSince;
      next = { ...last, error: error.message, errorSince: since, retryAt: error.retryAt ?? null };
    }
    checks.set(name, next, this.#now());
  }

  async #answer(
    client: RegistryClient,
    reference: ImageReference,
    last: ImageCheck,
    signal: AbortSignal,
  ): Promise<ImageCheck> {
    const digest = await client.digest(reference, signal);
    const tag = reference.tag!;
    const newer = isVersion(tag) ? newerTag(tag, await client.tags(reference, signal)) : undefined;
    const now = this.#now();
    return {
      ...NO_ANSWER,
      digest,
      newerTag: newer ?? null,
      checkedAt: now,
      digestSince: digest === last.digest ? last.digestSince : now,
    };
  }

  /** Reads the images of hosts; a host that cannot be read has none. */
  async #local(hostIds: readonly string[]): Promise<LocalImage[]> {
    const { feed } = this.parts;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ENGINE_PATIENCE_MS)]);
    const managed = await this.parts.managed.read();
    const found = await Promise.all(hostIds.map(async (hostId) => {
      const [engine, containers] = [feed.engine(hostId), feed.containers(hostId)];
      if (engine === undefined || containers === undefined) return [];
      try {
        return await localImages(hostId, engine, containers, managed, signal);
      } catch (error) {
        if (!(error instanceof AppError) && !signal.aborted) throw error;
        // A host that is down is reported with its statistics.
        log.debug("Cannot read the images of host {hostId}: {error}", { hostId, error });
        return [];
      }
    }));
    return found.flat();
  }

  async #everyDay(): Promise<void> {
    const signal = this.#stop.signal;
    await pause(FIRST_MS, signal);
    while (!signal.aborted) {
      await this.check(this.parts.feed.hostIds)
        .catch((error) => log.error("Cannot check for newer images: {error}", { error }));
      await pause(DAY_MS, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#round?.catch(() => {});
    await this.#reading;
    await this.#daily;
  }
}
