/** Sentences about resources: made once here, for people; programs read the structure beside them. */
import type { ResourceProgress } from "../../compose/progress.ts";

/** Kinds whose name needs the kind before it; a service or a step is named without. */
const NAMED: ReadonlySet<string> = new Set(["network", "volume", "container", "image", "secret", "config"]);

/** Forms in a sentence of the verbs that Compose prints as infinitives. */
const IN_SENTENCE: ReadonlyMap<string, string> = new Map([["Recreate", "Recreating"]]);

/** Returns a sentence such as "Creating network web_default" or "web: no such host". */
export function sentence({ id, resource: { kind, name }, verb, reason }: ResourceProgress): string {
  const isNamed = NAMED.has(kind) && id !== name || id.startsWith("Service ");
  const subject = isNamed ? `${kind} ${name}` : name;
  if (reason !== undefined) {
    return `${subject}: ${verb === "Error" || verb === "Warning" ? reason : `${verb} - ${reason}`}`;
  }
  return /^[A-Z][a-z]+$/.test(verb) && verb !== "Error" && verb !== "Interrupted"
    ? `${IN_SENTENCE.get(verb) ?? verb} ${subject}`
    : `${subject}: ${verb}`;
}
