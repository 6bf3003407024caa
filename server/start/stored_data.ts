/** Opens what the data folder stores: stacks, and the history of containers and hosts. */
import { resolve } from "../runtime/path.ts";
import type { Compose } from "../compose/compose.ts";
import type { Config } from "../config/config.ts";
import type { DemoHost, DemoStores } from "../demo/past.ts";
import { AppError, reason } from "../errors.ts";
import { openHistory } from "../history/open.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import { getLogger } from "../log/log.ts";
import type { StackHosts } from "../stacks/hosts.ts";
import { type OpenStacks, openStacks } from "../stacks/open.ts";
import type { Feed } from "../stats/feed.ts";
import { isWritable } from "../store/writable.ts";

/** Use of the data folder: by this server at all, and by another one. */
export interface DataPlace {
  readonly stores: boolean;
  readonly shared: boolean;
}

const log = getLogger(["dockstat"]);

/** Opens the history; while another server writes that of the data folder, it is kept in memory. */
export function openStoredHistory(
  { data, history: { keepMs } }: Config,
  { stores, shared }: DataPlace,
): RecordedHistory {
  return openHistory(stores && !shared ? resolve(data) : undefined, { keepMs });
}

/**
 * Opens the stacks; a demo stores nothing and has none.
 *
 * @throws {AppError} "failed" when the data folder cannot be used.
 */
export async function openStoredStacks(
  config: Config,
  feed: Feed,
  compose: Compose,
  hosts: StackHosts,
  { stores, shared }: DataPlace,
): Promise<OpenStacks> {
  const { data, stacks } = config;
  try {
    return await openStacks({
      // Compose runs in another working folder, so paths must be absolute.
      data: stores ? resolve(data) : undefined,
      compose,
      hosts,
      feed,
      ...stacks,
      shared,
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const how = "choose a folder with --data";
    throw new AppError("failed", `Cannot store stacks in "${data}": ${reason(cause)}: ${how}`, { cause });
  }
}

/** Reports whether anything is stored: not in a demo, and not by a read-only server without a writable folder. */
export async function storesData({ hosts, data, access: { readOnly } }: Config): Promise<boolean> {
  if (hosts.every(({ kind }) => kind === "simulated")) return false;
  if (!readOnly || await isWritable(data)) return true;
  log.warn("Cannot write to {data}: sessions are kept in memory, and stacks are not listed", { data });
  return false;
}

/** Writes the past of a demo in the background; disposing it ends that. */
export function openPast({ hosts }: Config, stores: DemoStores): AsyncDisposable {
  const end = new AbortController();
  const writing = Promise.all(
    hosts.map((host) => host.kind === "simulated" ? writeDemoPast(host, stores, end.signal) : undefined),
  ).catch((error) => log.error("Cannot write the past of the demo: {error}", { error }));
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await writing;
    },
  };
}

/** Only a demo loads the modules for its past. */
async function writeDemoPast(host: DemoHost, stores: DemoStores, signal: AbortSignal): Promise<void> {
  const { writePast } = await import("../demo/past.ts");
  await writePast(host, stores, Date.now(), signal);
}
