/** Pure: the digest of what Compose does not compare. */
import type { StoredService } from "../../store/stack_record.ts";

/** Digest of the configs and secrets of a service, with the files that DockStat stores; empty without any. */
export function contentDigest(
  { contentHash, contentFiles }: StoredService,
  stored: Readonly<Record<string, string>>,
): string {
  if (contentHash === null) return "";
  const files = contentFiles.map((path) => Object.hasOwn(stored, path) ? stored[path]! : "");
  return [contentHash, ...files].join(" ");
}
