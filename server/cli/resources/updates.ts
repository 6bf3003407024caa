/** `dockstat updates`: a table of the images that have a newer one. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { printable } from "../../log/format.ts";
import type { ImageUpdate, ImageUpdates } from "../../protocol/images/updates.ts";
import { aligned } from "../aligned.ts";
import { openServerClient } from "../server_client.ts";
import { print } from "../terminal.ts";
import type { PruneFlags } from "./flags.ts";

const TITLES = ["IMAGE", "STATE", "RUNS", "NEWEST", "NEWER TAG", "HOST", "USED BY"];

/**
 * Prints the images of all hosts, those with a newer one first.
 *
 * @throws {AppError} "unavailable" when no server answers, "failed" when it refuses.
 */
export async function runUpdates(
  { on, check = false }: PruneFlags,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  const query = new URLSearchParams(on === undefined ? {} : { host: on });
  const { updates } = check
    ? await client.ask<ImageUpdates>(`/updates/check?wait=1&${query}`, { method: "POST", signal })
    : await client.ask<ImageUpdates>(`/updates?${query}`, { signal });
  print(updateTable(updates));
}

/** Returns the table, or a line if there are no images. */
export function updateTable(updates: readonly ImageUpdate[]): string {
  if (updates.length === 0) return "No container has an image to compare.\n";
  const order = (one: ImageUpdate) => one.state === "newer" ? 0 : one.newerTag !== null ? 1 : 2;
  const rows = updates.toSorted((one, other) => order(one) - order(other)).map(cells);
  return `${aligned([TITLES, ...rows.map((row) => row.map(printable))]).join("\n")}\n`;
}

function cells(
  { image, state, digest, newestDigest, newerTag, hostId, containers }: ImageUpdate,
): readonly string[] {
  return [
    image,
    state.replace("_", " "),
    shortDigest(digest),
    state === "newer" ? shortDigest(newestDigest) : "",
    newerTag ?? "",
    hostId,
    containers.map(({ name }) => name).join(" "),
  ];
}

function shortDigest(digest: string | null): string {
  return digest === null ? "" : digest.slice(7, 19);
}
