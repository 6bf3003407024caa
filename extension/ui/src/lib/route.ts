/**
 * The page's route and the state of its view, stored in the URL's hash so that they also work for a page from a file:
 * `#/containers?q=web&state=running`.
 */
import { useCallback, useMemo, useSyncExternalStore } from "react";

/** Decoded parts of a route, such as `["containers", "Localhost", "0123…"]`. */
export type Route = readonly string[];

/** Parses a URL's hash. */
export function parseRoute(hash: string): Route {
  return hash.replace(/^#\/?/, "").replace(/\?.*$/s, "").split("/").filter((part) => part !== "").map(
    decoded,
  );
}

/** Returns the state of the view in a URL's hash, such as `q=web`. */
export function parseQuery(hash: string): URLSearchParams {
  return new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? "");
}

/** Returns the link to a route, such as `#/stacks/12`. */
export function hrefTo(...parts: readonly (string | number)[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
}

/** Navigates to a route. */
export function goTo(...parts: readonly (string | number)[]): void {
  location.hash = hrefTo(...parts);
}

/** Returns the current route. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, current));
}

/** Changes of a view's state by name; `null` removes a value. */
export type QueryChanges = Readonly<Record<string, string | null>>;

/**
 * Returns the state of the view in the address, and a function that changes it. A change replaces the entry of the
 * browser's history, so that going back leaves the view.
 */
export function useQuery(): readonly [URLSearchParams, (changes: QueryChanges) => void] {
  const hash = useSyncExternalStore(subscribe, current);
  const query = useMemo(() => parseQuery(hash), [hash]);
  return [query, useCallback(changeQuery, [])];
}

/** Changes the state of the view in the address. */
export function changeQuery(changes: QueryChanges): void {
  // A navigation has started, and the change belongs to the view that it leaves.
  if (location.hash !== shown) return;
  const query = parseQuery(shown);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const path = shown.replace(/\?.*$/s, "") || HOME;
  const next = query.size === 0 ? path : `${path}?${query}`;
  if (next === shown) return;
  history.replaceState(history.state, "", next);
  shown = next;
  publish();
}

/** Returns the link to a list with the state in which it was left, such as `#/containers?q=web`. */
export function hrefToList(list: string): string {
  return left.get(list) ?? hrefTo(list);
}

/** Called instead of navigating away; `go` continues the navigation. */
export type RouteGuard = (go: () => void) => void;

/** Blocks navigation and calls the guard instead, until the returned function is called. */
export function guardRoute(ask: RouteGuard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** Hash of the view without a route. */
const HOME = "#/containers";
/** Hash of the shown route; it follows the URL unless a guard blocks navigation. */
let shown = globalThis.location?.hash ?? "";
let guard: RouteGuard | undefined;
const listeners = new Set<() => void>();
/** Address of each list when it was left, by its name. */
const left = new Map<string, string>();

/** Returns the shown hash; until it is followed, the address may have changed. */
function current(): string {
  if (listeners.size === 0) shown = location.hash;
  return shown;
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    shown = location.hash;
    addEventListener("hashchange", follow);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("hashchange", follow);
  };
}

function follow(): void {
  const wanted = location.hash;
  if (wanted === shown) return;
  if (guard !== undefined) {
    history.replaceState(null, "", shown);
    return guard(() => {
      guard = undefined;
      location.hash = wanted;
    });
  }
  const [list, ...inside] = parseRoute(shown || HOME);
  if (list !== undefined && inside.length === 0) left.set(list, shown || HOME);
  shown = wanted;
  publish();
}

function publish(): void {
  for (const listener of [...listeners]) listener();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Invalid escapes, for example typed by hand, are taken literally.
    return part;
  }
}
