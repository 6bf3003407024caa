/** The Dockerfile as text, and its labels as an engine reads them. */
import type { Labels } from "../../extension/package/label_rules.ts";

/** Reads a file of the repository, by its path from the root. */
export function repositoryFile(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
}

/** Reads the labels of the Dockerfile. */
export async function dockerfileLabels(): Promise<Labels> {
  const text = await repositoryFile("Dockerfile");
  const instruction = /^LABEL((?:.*\\\n)*.*)$/m.exec(text)?.[1]?.replace(/\\\n/g, " ") ?? "";
  const pairs = instruction.matchAll(/([\w.-]+)=(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...pairs].map(([, name, double, single]) => [name, double ?? single ?? ""]));
}
