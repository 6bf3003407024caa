/** Pure: one line per image, volume or network, and the filters and the order of the list. */
import type {
  Image,
  ListedKind,
  Network,
  ResourceUser,
  Volume,
} from "../../../../../server/protocol/resources/resources.ts";
import { type KindView, LABELS } from "./labels.ts";

/** One line of a list. */
export interface ResourceRow {
  readonly kind: ListedKind;
  readonly hostId: string;
  /** The id of its path. */
  readonly id: string;
  readonly name: string;
  /** Second line: further tags, the driver or the projects. */
  readonly second: string;
  /** Tags of an image. */
  readonly tags: readonly string[];
  /** Bytes; of an image with the layers that it shares. */
  readonly bytes: number | null;
  /** Bytes that a removal frees; `null` if they are unknown. */
  readonly frees: number | null;
  readonly sizeReason: string | null;
  readonly subnets: string;
  /** Epoch ms. */
  readonly created: number | null;
  readonly usedBy: readonly ResourceUser[];
  /** Reason why it cannot be removed; `undefined` if it can. */
  readonly obstacle: string | undefined;
}

/** Columns that sort. */
export type SortColumn = "name" | "size" | "created" | "usedBy";

/** An order of the list. */
export interface Order {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** Filters of a list. */
export interface Filters {
  readonly search: string;
  readonly use: Use;
}

/** Choices of the filter by use. */
export const USES = ["all", "unused", "used"] as const;

/** One of {@linkcode USES}. */
export type Use = (typeof USES)[number];

/** Converts an entry of the list of images. */
export function imageRow(image: Image): ResourceRow {
  const { hostId, id, tags, sizeBytes, uniqueBytes, digests } = image;
  const shortId = id.slice("sha256:".length, "sha256:".length + 12);
  return {
    ...{ kind: "image", hostId, id, tags, subnets: "" },
    name: tags[0] ?? digests[0]?.replace(/(@sha256:.{12}).*/, "$1") ?? shortId,
    second: tags.length > 1 ? tags.slice(1).join(", ") : tags.length === 0 ? LABELS.untagged : shortId,
    bytes: sizeBytes,
    frees: uniqueBytes,
    sizeReason: image.sizeReason,
    ...shared(image),
  };
}

/** Converts an entry of the list of volumes. */
export function volumeRow(volume: Volume): ResourceRow {
  const { hostId, name, driver, sizeBytes, anonymous, projects } = volume;
  const facts = [anonymous ? LABELS.anonymous : "", ...projects, driver === "local" ? "" : driver ?? ""];
  return {
    ...{ kind: "volume", hostId, id: name, tags: [], subnets: "" },
    name: shortName(name),
    second: facts.filter((fact) => fact !== "").join(", "),
    ...{ bytes: sizeBytes, frees: sizeBytes, sizeReason: volume.sizeReason },
    ...shared(volume),
  };
}

/** Shortens a name that is an id. */
export function shortName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : name;
}

/** Converts an entry of the list of networks. */
export function networkRow(network: Network): ResourceRow {
  const { hostId, id, name, driver, projects, predefined, subnets } = network;
  const facts = [predefined ? LABELS.predefined : "", driver ?? "", ...projects];
  return {
    ...{ kind: "network", hostId, id, name, tags: [], subnets: subnets.join(", ") },
    second: facts.filter((fact) => fact !== "").join(", "),
    ...{ bytes: null, frees: null, sizeReason: null },
    ...shared(network),
    ...predefined ? { obstacle: LABELS.engineNetwork } : {},
  };
}

/** Conversions by view. */
export const ROWS_OF = { images: imageRow, volumes: volumeRow, networks: networkRow } as const;

/** Converts the answer of a list. */
export function toRows(view: KindView, items: readonly unknown[]): ResourceRow[] {
  return items.map(ROWS_OF[view] as (item: unknown) => ResourceRow);
}

function shared({ created, usedBy }: Pick<Image, "created" | "usedBy">) {
  return { created: created === null ? null : Date.parse(created), usedBy, obstacle: obstacleOf(usedBy) };
}

function obstacleOf(users: readonly ResourceUser[]): string | undefined {
  const [one, ...others] = users;
  if (one === undefined) return undefined;
  return others.length === 0 ? LABELS.usedByOne(one.name) : LABELS.usedByMany(users.length);
}

/** Returns a key that no other row of the list has. */
export function keyOf({ hostId, id }: Pick<ResourceRow, "hostId" | "id">): string {
  return `${hostId}/${id}`;
}

/** Reports whether the filter by use shows a row; a network of the engine is never unused. */
export function hasUse({ usedBy, obstacle }: ResourceRow, use: Use): boolean {
  if (use === "all") return true;
  return use === "used" ? usedBy.length > 0 : usedBy.length === 0 && obstacle === undefined;
}

/** Returns the rows that have every term of the search, in the order. */
export function arrange(
  rows: readonly ResourceRow[],
  { search, use }: Filters,
  { column, descending }: Order,
): ResourceRow[] {
  const terms = search.toLowerCase().split(/\s+/).filter((term) => term !== "");
  const sign = descending ? -1 : 1;
  return rows
    .filter((row) => hasUse(row, use) && terms.every((term) => textOf(row).includes(term)))
    .sort((a, b) => sign * compare(valueOf(a, column), valueOf(b, column)) || compare(a.name, b.name));
}

function textOf({ name, id, second, hostId, usedBy }: ResourceRow): string {
  return [name, id, second, hostId, ...usedBy.map((user) => user.name)].join(" ").toLowerCase();
}

function valueOf(row: ResourceRow, column: SortColumn): string | number {
  switch (column) {
    case "name":
      return row.name.toLowerCase();
    case "size":
      return row.bytes ?? -1;
    case "created":
      // An age that is unknown sorts as the shortest.
      return row.created === null ? -Infinity : -row.created;
    case "usedBy":
      return row.usedBy.length;
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the sum of the known sizes; `null` for a list without sizes. */
export function totalOf(rows: readonly ResourceRow[]): number | null {
  const known = rows.flatMap(({ bytes }) => bytes ?? []);
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}
