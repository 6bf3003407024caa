/** Pure: entries of the palette. */
import { hrefTo } from "../../lib/route.ts";

/** Kinds of entries, in their order. */
export type EntryKind = "page" | "host" | "container" | "stack";

/** One entry of the palette. */
export interface Entry {
  readonly kind: EntryKind;
  readonly name: string;
  /** Host or project. */
  readonly place: string;
  /** Further search terms for the entry. */
  readonly words?: string | undefined;
  readonly href: string;
}

/** Search terms that the name of a page does not contain, by route. */
const WORDS: Readonly<Record<string, string>> = { resources: "disk space full free prune clean up remove" };

/** Maximum number of results. */
const MOST_RESULTS = 12;

/** Returns the entries of views, by their routes and labels. */
export function pageEntries(views: readonly (readonly [name: string, label: string])[]): readonly Entry[] {
  return views.map(([name, label]) => ({
    kind: "page",
    name: label,
    place: "",
    words: WORDS[name],
    href: hrefTo(name),
  }));
}

/** Returns the entry of a host, which leads to its containers. */
export function hostEntry(hostId: string): Entry {
  const href = `${hrefTo("containers")}?${new URLSearchParams({ host: hostId })}`;
  return { kind: "host", name: hostId, place: "", href };
}

/** Returns the entry of a container; several hosts can have containers of one name. */
export function containerEntry(
  { hostId, id, name, project }: {
    readonly hostId: string;
    readonly id: string;
    readonly name: string;
    readonly project: string | null;
  },
  severalHosts: boolean,
): Entry {
  const place = project === null ? hostId : severalHosts ? `${project} · ${hostId}` : project;
  return { kind: "container", name, place, href: hrefTo("containers", hostId, id) };
}

/** Returns the entry of a stack. */
export function stackEntry(
  { stack_id, hostId, name }: {
    readonly stack_id: number | null;
    readonly hostId: string;
    readonly name: string;
  },
): Entry {
  const href = stack_id === null ? hrefTo("stacks", "project", hostId, name) : hrefTo("stacks", stack_id);
  return { kind: "stack", name, place: hostId, href };
}

/** Returns the entries that have all terms of a query, those whose name starts with it first. */
export function findEntries(entries: readonly Entry[], query: string): readonly Entry[] {
  const terms = query.toLowerCase().split(/\s+/).filter((term) => term !== "");
  const found = entries.filter(({ name, place, kind, words = "" }) => {
    const text = `${name} ${place} ${kind} ${words}`.toLowerCase();
    return terms.every((term) => text.includes(term));
  });
  const first = terms[0] ?? "";
  const rank = ({ name }: Entry) => name.toLowerCase().startsWith(first) ? 0 : 1;
  return found.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_RESULTS);
}
