/** Pure: recognizes a file that is still being written, or whose writer has died. */
import type { ConfigFile } from "../config/config_file.ts";

/** Top-level keys, and ids in block or flow style. */
const ENTRY = /^[a-z]\w*:|\b(?:id|swarm): *[^\s,}]+/gm;

/**
 * Returns the reason why a text looks half-written; `undefined` for one that looks complete.
 *
 * The beginning of a valid file is often valid too, with fewer hosts, so a check of its syntax is not enough.
 *
 * @param loaded The text in use.
 */
export function whyHalfWritten(text: string, loaded: string): string | undefined {
  if (text === loaded) return undefined;
  if (text.trim() === "" && loaded.trim() !== "") return "it is empty";
  if (loaded.startsWith(text)) return "it has only the start of the loaded text";
  if (loaded.endsWith("\n") && !/[\n}\]]$/.test(text)) return "its last line is incomplete";
  const last = lastEntry(loaded);
  // The reason is for viewers as well, so it names no value of the file.
  return last === undefined || text.includes(last) ? undefined : "its last section or entry is missing";
}

/** Returns the number of hosts and swarms of a file that another one lacks. */
export function lostHosts(before: Pick<ConfigFile, "hosts">, next: Pick<ConfigFile, "hosts">): number {
  const ids = ({ hosts = [] }: Pick<ConfigFile, "hosts">) =>
    hosts.map((host) => "id" in host ? `id ${host.id}` : `swarm ${host.swarm}`);
  const kept = new Set(ids(next));
  return ids(before).filter((id) => !kept.has(id)).length;
}

/** Returns the beginning of the last section, host or other entry with an id. */
function lastEntry(text: string): string | undefined {
  return text.match(ENTRY)?.at(-1);
}
