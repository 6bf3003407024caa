/** `dockstat prune`: removes what no container uses. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import type { PruneItem, PrunePreview } from "../../protocol/resources/prune.ts";
import { aligned } from "../aligned.ts";
import { byteText } from "../byte_text.ts";
import { askYes, canAsk } from "../confirm.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import { openServerClient, type ServerClient } from "../server_client.ts";
import { print } from "../terminal.ts";
import type { PruneCommand } from "./flags.ts";

/** Asks a question, and returns whether the answer is yes. */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

/** Runs `dockstat prune` and waits for the end of the operation. */
export async function runPrune(command: PruneCommand, flags: Flags, signal: AbortSignal): Promise<void> {
  await prune(await openServerClient(await loadConfig(flags)), command, signal);
}

/**
 * Lists the items, asks, and removes them.
 *
 * @param ask Asks on the terminal; `undefined` without one.
 * @throws {AppError} "usage", "failed", also when the answer was no.
 */
export async function prune(
  client: ServerClient,
  command: PruneCommand,
  signal: AbortSignal,
  ask: Ask | undefined = canAsk() ? askYes : undefined,
): Promise<void> {
  const hostId = command.hostId ?? await onlyHost(client, signal);
  const request = { hostId, kinds: command.kinds };
  const shown = await client.ask<PrunePreview>("/prune", {
    ...{ method: "POST", body: { ...request, dryRun: true }, signal },
  });
  const chosen = chosenOf(shown.items, command.volumes);
  print(`${renderPrune(shown, chosen, hostId).join("\n")}\n`);
  if (chosen.length === 0) return;
  if (!command.yes) await question(hostId, chosen.length, ask, signal);
  const body = { ...request, dryRun: false, digest: shown.digest, volumes: command.volumes };
  await finishOperation(
    client,
    hostId,
    await client.ask<Started>("/prune", { method: "POST", body }),
    signal,
  );
}

/** Returns the items that are removed: of the volumes, those that are named. */
function chosenOf(items: readonly PruneItem[], volumes: readonly string[]): PruneItem[] {
  const unused = items.filter(({ kind }) => kind === "volume").map(({ name }) => name);
  const missing = volumes.find((name) => !unused.includes(name));
  if (missing !== undefined) {
    throw new AppError(
      "failed",
      `Cannot remove volume "${missing}": it does not exist, or a container uses it`,
    );
  }
  return items.filter(({ kind, name }) => kind !== "volume" || volumes.includes(name));
}

async function onlyHost(client: ServerClient, signal: AbortSignal): Promise<string> {
  const hosts = await client.ask<HostReport[]>("/docker/hosts", { signal });
  const [one, ...others] = hosts.map(({ hostId }) => hostId);
  if (one !== undefined && others.length === 0) return one;
  const names = [one, ...others].map((id) => `"${id}"`).join(", ");
  throw new AppError("usage", `Several hosts are configured: choose one of ${names} with --on HOSTID`);
}

async function question(
  hostId: string,
  count: number,
  ask: Ask | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (ask === undefined) {
    throw new AppError("failed", "Nothing was removed: without a terminal, --yes is required");
  }
  const what = count === 1 ? "this item" : `these ${count} items`;
  const isYes = await ask(`Remove ${what} from host "${printable(hostId)}"?`, signal).catch(
    (cause: unknown) => {
      if (signal.aborted) return false;
      throw cause;
    },
  );
  if (!isYes) throw new AppError("failed", "Nothing was removed");
}

/** Renders the items as lines: those that are removed, then the volumes that stay. */
export function renderPrune(
  { items, sizeReason }: PrunePreview,
  chosen: readonly PruneItem[],
  hostId: string,
): string[] {
  const kept = items.filter((item) => !chosen.includes(item));
  const bytes = chosen.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
  const least = chosen.some(({ kind }) => kind === "image") ? "at least " : "";
  const sum = `${least}${byteText(bytes)}${sizeReason === null ? "" : `. ${sizeReason}`}`;
  return [
    ...chosen.length === 0
      ? [`Nothing to remove on host "${printable(hostId)}"`]
      : [`Removing from host "${printable(hostId)}" frees ${sum}`, ...aligned(chosen.map(cells))],
    ...kept.length === 0 ? [] : [
      "Unused volumes, which stay unless named with --volume",
      ...aligned(kept.map(cells)),
    ],
  ];
}

function cells({ kind, name, bytes, created, projects, note }: PruneItem): string[] {
  return [
    `  ${kind}`,
    printable(name),
    byteText(bytes),
    created?.slice(0, 10) ?? "",
    printable([note, ...projects].filter((text) => text !== null).join(", ")),
  ];
}
