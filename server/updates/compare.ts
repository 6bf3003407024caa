/** Pure: compares the image that containers run with the one its registry serves. */
import type { ImageUpdate } from "../protocol/images/updates.ts";
import { type ImageReference, parseReference } from "../registry/reference.ts";
import type { ImageCheck } from "../store/images/image_checks.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";

/** An image that containers of a host run. */
export interface LocalImage {
  readonly hostId: string;
  /** As `docker ps` shows it. */
  readonly image: string;
  /** Digests with their repositories, such as "nginx@sha256:…". */
  readonly digests: readonly string[];
  readonly sourceUrl: string | null;
  readonly containers: ImageUpdate["containers"];
}

/** Parts of an image's inspection. */
type InspectedImage = Pick<LocalImage, "digests" | "sourceUrl">;

const LONGEST_URL = 2048;
const SOURCE_LABELS = ["org.opencontainers.image.source", "org.opencontainers.image.url"];

/** Reads `GET /images/{id}/json`. */
export function inspectedImage(inspection: unknown): InspectedImage {
  const { RepoDigests, Config } = fieldsOf(inspection);
  const labels = fieldsOf(fieldsOf(Config)["Labels"]);
  const urls = SOURCE_LABELS.map((name) => textOf(labels[name])).filter((url) => url !== undefined);
  return {
    digests: itemsOf(RepoDigests).map(textOf).filter((digest) => digest !== undefined),
    sourceUrl: urls.find(isWebAddress) ?? null,
  };
}

/** The author of an image chooses its labels, so only plain web addresses become links. */
function isWebAddress(url: string): boolean {
  return url.length <= LONGEST_URL && /^https?:\/\/[^\s@]+$/.test(url) && URL.canParse(url);
}

/** Returns the tag that a registry can be asked about, or the reason why there cannot be an answer. */
export function checkable({ image, digests }: Pick<LocalImage, "image" | "digests">):
  | { readonly reference: ImageReference; readonly digest: string }
  | { readonly reason: string } {
  const reference = parseReference(image);
  if (reference === undefined) return { reason: "The container was created from an image without a name." };
  if (reference.digest !== undefined) return { reason: "The image is pinned to a digest." };
  const digest = digestIn(digests, reference);
  return digest === undefined ? { reason: "The image was built on this host." } : { reference, digest };
}

/** Returns the name under which the answer of a registry is kept. */
export function nameOf({ registry, repository, tag }: ImageReference): string {
  return `${registry}/${repository}:${tag}`;
}

function digestIn(digests: readonly string[], wanted: ImageReference): string | undefined {
  return digests.map(parseReference).find((found) =>
    found?.registry === wanted.registry && found.repository === wanted.repository
  )?.digest;
}

/** Compares an image with the last answer of its registry. */
export function compare(local: LocalImage, find: (name: string) => ImageCheck | undefined): ImageUpdate {
  const { hostId, image, sourceUrl, containers } = local;
  const place = { hostId, image, sourceUrl, containers };
  const found = checkable(local);
  if ("reason" in found) return { ...place, ...UNCHECKED, state: "not_applicable", reason: found.reason };
  const check = find(nameOf(found.reference));
  if (check === undefined) {
    return { ...place, ...UNCHECKED, digest: found.digest, state: "unknown", reason: "Not checked yet." };
  }
  return { ...place, digest: found.digest, ...answered(local, found.reference, check) };
}

const UNCHECKED = { since: null, checkedAt: null, digest: null, newestDigest: null, newerTag: null };

function answered({ digests }: LocalImage, reference: ImageReference, check: ImageCheck) {
  const facts = {
    checkedAt: timeOf(check.checkedAt),
    newestDigest: check.digest,
    newerTag: check.newerTag,
  };
  if (check.error !== null) {
    const reason = `${check.error[0]!.toUpperCase()}${check.error.slice(1)}.`;
    return { ...facts, state: "unknown" as const, reason, since: timeOf(check.errorSince) };
  }
  const isCurrent = digests.some((text) => {
    const known = parseReference(text);
    return known?.digest === check.digest && known?.registry === reference.registry &&
      known.repository === reference.repository;
  });
  return isCurrent
    ? { ...facts, state: "current" as const, reason: null, since: null }
    : { ...facts, state: "newer" as const, reason: null, since: timeOf(check.digestSince) };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
