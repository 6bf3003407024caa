/** The Dockerfile as text, and its labels as an engine would read them. */
import type { Labels } from "../../extension/package/label_rules.ts";

/** A file of the repository, by its path from the root. */
export function repositoryFile(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
}

/** The labels that the Dockerfile gives. */
export async function dockerfileLabels(): Promise<Labels> {
  const text = await repositoryFile("Dockerfile");
  const instruction = /^LABEL((?:.*\\\n)*.*)$/m.exec(text)?.[1]?.replace(/\\\n/g, " ") ?? "";
  const pairs = instruction.matchAll(/([\w.-]+)=(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...pairs].map(([, name, double, single]) => [name, double ?? single ?? ""]));
}
