/** Compose's ids, such as "Network web_default" or "service:web:1", as kind and name. */

import type { ResourceKind, StepProgress } from "../protocol/stack_events.ts";

/** One resource of a project. */
export type Resource = NonNullable<StepProgress["resource"]>;

/** The first part of Compose's ids, and of the ids that it uses internally. */
const KINDS: ReadonlyMap<string, ResourceKind> = new Map([
  ["Network", "network"],
  ["Volume", "volume"],
  ["Container", "container"],
  ["Image", "image"],
  ["Secret", "secret"],
  ["Config", "config"],
  ["Service", "service"],
  ["network", "network"],
  ["volume", "volume"],
  ["service", "service"],
  ["provider", "service"],
  ["hook", "service"],
]);

/** Reports whether an id in plain text is that of an image's layer. */
export function isLayerId(id: string): boolean {
  return /^[0-9a-f]{12}$/.test(id);
}

/**
 * Returns the resource of an id.
 *
 * @param parent Id of the resource that it is a part of; empty if there is one whose id is unknown.
 */
export function resourceOf(id: string, parent: string | undefined, verb: string): Resource {
  if (parent !== undefined) {
    return { kind: "layer", name: id, parent: parent === "" ? null : resourceOf(parent, undefined, "").name };
  }
  const [, word = "", separator, rest = ""] = /^([A-Za-z]+)([ :])(.+)$/s.exec(id) ?? [];
  const kind = KINDS.get(word);
  if (kind !== undefined) {
    return { kind, name: separator === ":" ? rest.split(":")[0]! : rest, parent: null };
  }
  // Compose 2 uses the name of a service while it pulls, and that of an image once Bake has built it.
  return { kind: /^Buil(t|ding)$/.test(verb) ? "image" : "service", name: id, parent: null };
}
