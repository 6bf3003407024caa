/** Paths of mounts with their variables replaced by the Docker CLI, before it joins them with its folder. */
import type { PathIssue } from "../../stacks/validate/issues.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

/** Service of the text that is resolved to replace variables. */
const PROBE = "probe";

/** A mount as it is written. */
interface Mount {
  readonly keys: PathIssue["keys"];
  /** Short syntax, or the source of the long one. */
  readonly text: string;
}

/**
 * Refuses mounts of relative paths that lead above the folder, where the resolved path no longer shows it.
 *
 * @param value The text, or the same text with its variables replaced.
 */
export function relativeMounts(value: unknown): PathIssue[] {
  return mountsOf(value).filter(({ text }) => leadsUp(text)).map(({ keys }) => relativeMount(keys));
}

/**
 * Returns a text with the mounts that use variables, as labels, which the Docker CLI prints as they are.
 *
 * @returns `undefined` without such mounts.
 */
export function probeText(value: unknown): string | undefined {
  const used = mountsOf(value).filter(({ text }) => text.includes("$"));
  if (used.length === 0) return undefined;
  const labels = Object.fromEntries(used.map(({ text }, index) => [`m${index}`, text]));
  return JSON.stringify({ services: { [PROBE]: { image: PROBE, labels } } });
}

/**
 * Refuses mounts whose variables make them lead above the folder.
 *
 * @param resolved The resolved text of {@linkcode probeText}.
 */
export function relativeVariables(value: unknown, resolved: unknown): PathIssue[] {
  const labels = fieldsOf(fieldsOf(fieldsOf(fieldsOf(resolved)["services"])[PROBE])["labels"]);
  const used = mountsOf(value).filter(({ text }) => text.includes("$"));
  return used.flatMap(({ keys }, index) => {
    const text = textOf(labels[`m${index}`]);
    return text === undefined || leadsUp(text) ? [relativeMount(keys)] : [];
  });
}

function relativeMount(keys: PathIssue["keys"]): PathIssue {
  return { keys, message: "found a relative path: expected an absolute path on the nodes, or a volume" };
}

function mountsOf(value: unknown): Mount[] {
  return Object.entries(fieldsOf(fieldsOf(value)["services"])).flatMap(([name, service]) =>
    itemsOf(fieldsOf(service)["volumes"]).map((volume) => ({
      keys: ["services", name, "volumes"],
      text: textOf(volume) ?? textOf(fieldsOf(volume)["source"]) ?? "",
    }))
  );
}

function leadsUp(text: string): boolean {
  const source = text.split(":", 1)[0]!;
  return !source.startsWith("/") && source.split("/").includes("..");
}
