/** The page's route, stored in the URL's hash so that it also works for a page from a file. */
import { useSyncExternalStore } from "react";

/** Decoded parts of a route, such as `["containers", "Localhost", "0123…"]`. */
export type Route = readonly string[];

/** Parses a URL's hash. */
export function parseRoute(hash: string): Route {
  return hash.replace(/^#\/?/, "").split("/").filter((part) => part !== "").map(decoded);
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
  return parseRoute(useSyncExternalStore(subscribe, () => shown));
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

/** Hash of the shown route; it follows the URL unless a guard blocks navigation. */
let shown = globalThis.location?.hash ?? "";
let guard: RouteGuard | undefined;
const listeners = new Set<() => void>();

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
  shown = wanted;
  for (const listener of listeners) listener();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Invalid escapes, for example typed by hand, are taken literally.
    return part;
  }
}
