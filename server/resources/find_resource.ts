/** Pure: finds the image, volume or network that a path names. The text of a path never becomes a part of an engine's path. */
import { AppError } from "../errors.ts";
import type { Image, ListedKind, Network, Volume } from "../protocol/resources/resources.ts";
import type { Listed } from "./host_resources.ts";

/** The start of an id, long enough to be unlike a name. */
const ID_PREFIX = /^[0-9a-f]{12,64}$/;
const EXPECTED: Readonly<Record<ListedKind, string>> = {
  image: "an id, at least 12 digits of one, or a tag",
  volume: "the name of a volume",
  network: "a name, an id, or at least 12 digits of one",
};

/** The object of a removal. */
export type Target =
  | {
    readonly kind: "image";
    readonly item: Image;
    /** The only tag to remove; the image with all its tags if `undefined`. */
    readonly tag: string | undefined;
  }
  | { readonly kind: "volume"; readonly item: Volume }
  | { readonly kind: "network"; readonly item: Network };

/** Returns the name of a target: of an image its tag, or the start of its id. */
export function nameOf(target: Target): string {
  return target.kind === "image" ? target.tag ?? imageName(target.item) : target.item.name;
}

/** Returns the id of a target; of a volume its name. */
export function idOf(target: Target): string {
  return target.kind === "volume" ? target.item.name : target.item.id;
}

/** Returns a tag of an image, or the start of its id. */
export function imageName({ id, tags }: Pick<Image, "id" | "tags">): string {
  return tags[0] ?? id.slice("sha256:".length, "sha256:".length + 12);
}

/**
 * Finds an item by the text of a path.
 *
 * @param tag The tag of an image to remove alone, instead of the image with all its tags.
 * @throws {AppError} "not-found".
 */
export function findTarget<K extends ListedKind>(
  kind: K,
  items: readonly Listed[K][],
  text: string,
  tag: string | undefined,
): Target {
  const found = CHOICES[kind](items, text, tag);
  if (found !== undefined) return found;
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const what = tag === undefined
    ? `${kind} "${shown}"`
    : `image "${shown}" with the tag "${tag.slice(0, 80)}"`;
  throw new AppError("not-found", `There is no ${what} on this host: expected ${EXPECTED[kind]}`);
}

const CHOICES: {
  readonly [K in ListedKind]: (
    items: readonly Listed[K][],
    text: string,
    tag: string | undefined,
  ) => Target | undefined;
} = {
  image: findImage,
  volume: (items, text) => toTarget("volume", items.find(({ name }) => name === text)),
  network: (items, text) =>
    toTarget(
      "network",
      items.find(({ id }) => id === text) ?? onlyOne(items.filter(({ name }) => name === text)) ??
        byPrefix(items, text),
    ),
};

function findImage(items: readonly Image[], text: string, tag: string | undefined): Target | undefined {
  const named = text.includes(":") ? text : `${text}:latest`;
  const tagged = items.find(({ tags }) => tags.includes(named));
  const byId = items.find(({ id }) => id === text) ?? byPrefix(items, text);
  const item = byId ?? tagged;
  if (item === undefined || tag !== undefined && !item.tags.includes(tag)) return undefined;
  // A tag in the path means that tag, as with `docker image rm`.
  return { kind: "image", item, tag: tag ?? (byId === undefined ? named : undefined) };
}

function toTarget(kind: "volume", item: Volume | undefined): Target | undefined;
function toTarget(kind: "network", item: Network | undefined): Target | undefined;
function toTarget(kind: "volume" | "network", item: unknown): Target | undefined {
  return item === undefined ? undefined : { kind, item } as Target;
}

function byPrefix<T extends { readonly id: string }>(items: readonly T[], text: string): T | undefined {
  if (!ID_PREFIX.test(text)) return undefined;
  return onlyOne(items.filter(({ id }) => id.replace(/^sha256:/, "").startsWith(text)));
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
