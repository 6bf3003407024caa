/** Pure: images, volumes and networks from the lists of an engine. Values of the wrong type count as absent. */
import type { Image, Network, Volume } from "../protocol/resources/resources.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { Fields } from "./engine_lists.ts";
import type { MeasuredSizes } from "./sizes.ts";
import { projectsOf, usersWhere, type UsingContainer } from "./users.ts";

/** Facts that the entries of a list are completed with. */
export interface ListContext {
  readonly hostId: string;
  readonly containers: readonly UsingContainer[];
  readonly sizes: MeasuredSizes;
}

const IMAGE_ID = /^sha256:[0-9a-f]{64}$/;
/** The engine's grammar of names; another text never becomes a part of a path. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/;
const NETWORK_ID = /^[a-z0-9]{25,64}$/;
/** A tag or digest of a repository, without segments that a path could be read by. */
const REFERENCE = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w][\w.:@/-]{0,511}$/;
/** Networks that engines create. */
const PREDEFINED: ReadonlySet<string> = new Set(["bridge", "host", "none", "nat", "docker_gwbridge"]);

/** Returns the images with a valid id. */
export function toImages(raw: readonly Fields[], context: ListContext): Image[] {
  return raw.filter(({ Id }) => IMAGE_ID.test(textOf(Id) ?? "")).map((image) => toImage(image, context));
}

function toImage(raw: Fields, { hostId, containers, sizes }: ListContext): Image {
  const { Id, RepoTags, RepoDigests, Created, Size } = raw;
  const id = textOf(Id) ?? "";
  const tags = references(RepoTags);
  const digests = references(RepoDigests);
  const usedBy = usersWhere(containers, ({ imageId, image }) =>
    // An engine that reports no id, or that of another platform's manifest, is asked by name.
    imageId === id || imageId === "" && tags.includes(image) ||
    digests.some((one) => one.endsWith(`@${imageId}`)));
  const uniqueBytes = sizes.images.get(id) ?? null;
  return {
    hostId,
    id,
    tags,
    digests,
    created: secondsTime(Created),
    sizeBytes: wholeBytes(Size),
    uniqueBytes,
    sizeReason: uniqueBytes === null ? sizes.reason ?? UNKNOWN_SIZE : null,
    dangling: tags.length === 0,
    inUse: usedBy.length > 0,
    usedBy,
  };
}

/** Returns the volumes with a valid name. */
export function toVolumes(raw: readonly Fields[], context: ListContext): Volume[] {
  return raw.filter(({ Name }) => NAME.test(textOf(Name) ?? "")).map((volume) => toVolume(volume, context));
}

function toVolume(raw: Fields, { hostId, containers, sizes }: ListContext): Volume {
  const { Name, Driver, CreatedAt, Labels, Mountpoint } = raw;
  const name = textOf(Name) ?? "";
  const folder = textOf(Mountpoint) || undefined;
  const usedBy = usersWhere(
    containers,
    ({ volumes, folders }) =>
      volumes.includes(name) ||
      folder !== undefined && folders.some((one) => `${one}/`.startsWith(`${folder}/`)),
  );
  const sizeBytes = sizes.volumes.get(name) ?? null;
  return {
    hostId,
    name,
    driver: textOf(Driver) || null,
    created: textTime(CreatedAt),
    sizeBytes,
    sizeReason: sizeBytes === null ? sizes.reason ?? UNKNOWN_SIZE : null,
    anonymous: "com.docker.volume.anonymous" in fieldsOf(Labels) || /^[0-9a-f]{64}$/.test(name),
    projects: projectsOf(Labels, usedBy),
    inUse: usedBy.length > 0,
    usedBy,
  };
}

/** Returns the networks with a valid id. */
export function toNetworks(raw: readonly Fields[], context: ListContext): Network[] {
  return raw.filter(({ Id }) => NETWORK_ID.test(textOf(Id) ?? "")).map((network) =>
    toNetwork(network, context)
  );
}

function toNetwork(raw: Fields, { hostId, containers }: ListContext): Network {
  const { Id, Name, Driver, Scope, Internal, IPAM, Created, Labels, Ingress } = raw;
  const [id, name] = [textOf(Id) ?? "", textOf(Name) ?? ""];
  const usedBy = usersWhere(containers, ({ networks }) => networks.includes(id) || networks.includes(name));
  return {
    hostId,
    id,
    name,
    driver: textOf(Driver) || null,
    scope: textOf(Scope) || null,
    internal: Internal === true,
    subnets: itemsOf(fieldsOf(IPAM)["Config"]).flatMap((config) => textOf(fieldsOf(config)["Subnet"]) || []),
    created: textTime(Created),
    predefined: PREDEFINED.has(name) || Ingress === true,
    projects: projectsOf(Labels, usedBy),
    inUse: usedBy.length > 0,
    usedBy,
  };
}

const UNKNOWN_SIZE = "The engine does not report this size.";

/** Untagged images have the reference "<none>:<none>". */
function references(value: unknown): string[] {
  const all = itemsOf(value).map(textOf).filter((text) => text !== undefined);
  return all.filter((text) => REFERENCE.test(text)).sort();
}

function wholeBytes(value: unknown): number | null {
  return countOf(value) === undefined ? null : Math.round(countOf(value)!);
}

function secondsTime(value: unknown): string | null {
  const seconds = countOf(value);
  return seconds ? textTime(new Date(Math.min(seconds, 8e12) * 1000).toJSON()) : null;
}

function textTime(value: unknown): string | null {
  const ms = Date.parse(textOf(value) ?? "");
  return ms > 0 ? new Date(ms).toISOString() : null;
}
