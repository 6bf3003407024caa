/** Tags for the editor: asks only registries that stacks or containers use, and remembers their answers for a while. */
import { AppError } from "../errors.ts";
import type { ImageTags as Answer } from "../protocol/images/tags.ts";
import { type ImageReference, parseReference } from "../registry/reference.ts";
import { RegistryClient, type RegistryParts } from "../registry/registry_client.ts";
import { RegistryError } from "../registry/registry_error.ts";
import type { Feed } from "../stats/feed.ts";
import type { StackStore } from "../store/stack_store.ts";

/** Registry of images without one, which everyone uses. */
const DOCKER_HUB = "docker.io";
/** Number of tags in an answer. */
const MOST_TAGS = 200;
/** Number of answers that are remembered, and for how long, ms. */
const MOST_KNOWN = 100;
const KNOWN_MS = 600_000;
/** Number of images that registries are asked about in a minute. */
const MOST_ASKED = 20;
const MINUTE_MS = 60_000;
/** Longest wait for a registry, ms. */
const PATIENCE_MS = 10_000;

/** Parts of {@linkcode ImageTags}. */
export interface TagParts extends RegistryParts {
  readonly feed: Pick<Feed, "hostIds" | "containers">;
  readonly store: Pick<StackStore, "all">;
}

/** Lists the tags of images. */
export class ImageTags {
  readonly #known = new Map<string, { readonly untilMs: number; readonly answer: Promise<Answer> }>();
  readonly #askedMs: number[] = [];
  readonly #now: () => number;

  constructor(readonly parts: TagParts) {
    this.#now = parts.now ?? Date.now;
  }

  /**
   * Returns the tags of an image.
   *
   * @param image A name that {@linkcode parseReference} accepts.
   * @throws {AppError} "forbidden" for a registry that nothing uses, "too-many" after 20 images in a minute.
   */
  list(image: string): Promise<Answer> {
    const reference = parseReference(image)!;
    this.#checkInUse(reference);
    const name = `${reference.registry}/${reference.repository}`;
    const known = this.#known.get(name);
    if (known !== undefined && known.untilMs > this.#now()) return known.answer;
    this.#checkRate();
    const answer = this.#ask(image, reference);
    this.#known.set(name, { untilMs: this.#now() + KNOWN_MS, answer });
    for (const old of [...this.#known.keys()].slice(0, -MOST_KNOWN)) this.#known.delete(old);
    return answer;
  }

  /** A typed name must not make the server contact any host, so a registry has to be in use. */
  #checkInUse({ registry }: ImageReference): void {
    if (registry === DOCKER_HUB) return;
    const { feed, store } = this.parts;
    const inContainers = feed.hostIds.flatMap((id) => feed.containers(id) ?? []).map(({ image }) => image);
    const inStacks = store.all().flatMap(({ services }) => services.map(({ image }) => image ?? ""));
    const isUsed = [...inStacks, ...inContainers].some((name) => parseReference(name)?.registry === registry);
    if (isUsed) return;
    throw new AppError("forbidden", `Cannot list the tags: no stack and no container uses "${registry}"`);
  }

  #checkRate(): void {
    const now = this.#now();
    while (this.#askedMs[0] !== undefined && this.#askedMs[0] <= now - MINUTE_MS) this.#askedMs.shift();
    if (this.#askedMs.length >= MOST_ASKED) {
      throw new AppError("too-many", "Cannot list the tags: wait a minute, registries limit requests");
    }
    this.#askedMs.push(now);
  }

  async #ask(image: string, reference: ImageReference): Promise<Answer> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const tags = await new RegistryClient(this.parts).tags(reference, signal);
      // The tables of the first collator need 3 MB.
      const byNumber = new Intl.Collator("en", { numeric: true });
      const sorted = [...new Set(tags)].sort((a, b) => byNumber.compare(b, a));
      return { image, tags: sorted.slice(0, MOST_TAGS), reason: null };
    } catch (error) {
      if (!(error instanceof RegistryError) && !signal.aborted) throw error;
      const reason = error instanceof RegistryError ? error.message : "the registry did not answer in time";
      return { image, tags: [], reason };
    }
  }
}
