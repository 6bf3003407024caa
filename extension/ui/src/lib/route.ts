/** Where the page is, kept behind the `#` of its address: that works from a file as well. */
import { useSyncExternalStore } from "react";

/** The parts of the address, decoded, such as `["containers", "Localhost", "0123…"]`. */
export type Route = readonly string[];

/** Reads the part of an address that stands behind the `#`. */
export function parseRoute(hash: string): Route {
  return hash.replace(/^#\/?/, "").split("/").filter((part) => part !== "").map(decoded);
}

/** The address of a place, such as `#/stacks/12`. */
export function hrefTo(...parts: readonly (string | number)[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
}

/** Goes to a place. */
export function goTo(...parts: readonly (string | number)[]): void {
  location.hash = hrefTo(...parts);
}

/** Where the page is now. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => shown));
}

/** Asked before the page goes elsewhere; `go` goes there after all. */
export type RouteGuard = (go: () => void) => void;

/** Holds the page where it is until the returned function is called: the guard is asked instead. */
export function guardRoute(ask: RouteGuard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** What the page shows: it follows the address, unless a guard holds it. */
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
    // Typed by hand: taken as it stands.
    return part;
  }
}
