/** Sentences about resources: made once here, for people; programs read the structure beside them. */
import type { ResourceProgress } from "../../compose/progress.ts";

/** Kinds whose name needs the kind before it; a service or a step is named without. */
const NAMED: ReadonlySet<string> = new Set(["network", "volume", "container", "image", "secret", "config"]);

/** Verbs that Compose does not write like the others, such as "Creating". */
const ALIKE: ReadonlyMap<string, string> = new Map([["Recreate", "Recreating"]]);

/** Returns a sentence such as "Creating network web_default" or "web: no such host". */
export function sentence({ id, resource: { kind, name }, verb, reason }: ResourceProgress): string {
  const isNamed = NAMED.has(kind) && id !== name || id.startsWith("Service ");
  const subject = isNamed ? `${kind} ${name}` : name;
  if (reason !== undefined) {
    return `${subject}: ${verb === "Error" || verb === "Warning" ? reason : `${verb} - ${reason}`}`;
  }
  return /^[A-Z][a-z]+$/.test(verb) && verb !== "Error" && verb !== "Interrupted"
    ? `${ALIKE.get(verb) ?? verb} ${subject}`
    : `${subject}: ${verb}`;
}
