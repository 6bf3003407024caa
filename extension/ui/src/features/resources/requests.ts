/** Requests about images, volumes and networks. Each throws a `Refusal` with the server's message, or `Unreachable`. */
import type { StartedOperation } from "../../../../../server/protocol/operations.ts";
import type { PruneKind, PrunePreview } from "../../../../../server/protocol/resources/prune.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import type { KindView } from "./labels.ts";
import { type ResourceRow, toRows } from "./resource_row.ts";

/** Kinds of items in the order in which the dialog lists them. */
export const CLEANUP_KINDS: readonly PruneKind[] = ["container", "image", "network", "volume"];

/** Loads a list of one host. */
export async function loadRows(
  transport: Transport,
  view: KindView,
  hostId: string,
  signal: AbortSignal,
): Promise<ResourceRow[]> {
  return toRows(view, await transport.ask(`/${view}?host=${encodeURIComponent(hostId)}`, { signal }));
}

/** Starts the removal of an item; of an image with `tag` only that tag. */
export async function sendRemoval(
  transport: Transport,
  { kind, hostId, id }: Pick<ResourceRow, "kind" | "hostId" | "id">,
  tag: string | undefined,
): Promise<StartedOperation> {
  const query = tag === undefined ? "" : `?tag=${encodeURIComponent(tag)}`;
  const path = `/${kind}s/${encodeURIComponent(hostId)}/${encodeURIComponent(id)}${query}`;
  return await transport.ask(path, { method: "DELETE" });
}

/** Lists what no container of a host uses. */
export async function loadUnused(
  transport: Transport,
  hostId: string,
  signal: AbortSignal,
): Promise<PrunePreview> {
  const body = { hostId, kinds: CLEANUP_KINDS, dryRun: true };
  return await transport.ask("/prune", { method: "POST", body, signal });
}

/** Selected items of a list. */
export interface Selection {
  readonly digest: string;
  /** Names of the volumes to remove. */
  readonly volumes: readonly string[];
  /** Ids of the other items that stay. */
  readonly except: readonly string[];
}

/** Starts the removal of the selected items. */
export async function sendPrune(
  transport: Transport,
  hostId: string,
  selection: Selection,
): Promise<StartedOperation> {
  const body = { hostId, kinds: CLEANUP_KINDS, dryRun: false, ...selection };
  return await transport.ask("/prune", { method: "POST", body });
}
