/** Opens the history of a data folder. */
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { HistoryStore } from "../store/history/history_store.ts";
import { HISTORY_FILE } from "../store/past/history_backup.ts";
import type { HistoryOptions } from "./options.ts";
import { RecordedHistory } from "./recorded_history.ts";

const IN_MEMORY = ":memory:";
/** Bounds without a file. */
const MEMORY_BOUNDS = { bytes: 64 * 1024 ** 2 };
/** Errors of SQLite for a file that no version of DockStat can read. */
const DAMAGED = /not a database|malformed|corrupt/;

const log = getLogger(["dockstat", "history"]);

/**
 * Opens the history. Without a usable file the server runs as well, and history is kept in memory.
 *
 * @param data Data folder; `undefined` stores nothing.
 */
export function openHistory(data: string | undefined, options: HistoryOptions): RecordedHistory {
  const store = data === undefined ? inMemory() : openStore(data);
  return new RecordedHistory(store, { ...options, bounds: store.path === IN_MEMORY ? MEMORY_BOUNDS : {} });
}

function openStore(data: string): HistoryStore {
  const path = `${data}/${HISTORY_FILE}`;
  try {
    Deno.mkdirSync(data, { recursive: true, mode: 0o700 });
    return new HistoryStore(path);
  } catch (error) {
    const isDamaged = DAMAGED.test(reason(error));
    const set = isDamaged ? setAside(path) : undefined;
    log.warn("Cannot use the history in {path}: {reason}. {result}", {
      path,
      reason: reason(error),
      result: set === undefined
        ? "History is kept in memory until the next start"
        : `It is now at ${set}, and a new one is written`,
    });
    return set === undefined ? inMemory() : openStore(data);
  }
}

/** Renames a damaged file; returns its new name, or `undefined` when that fails. */
function setAside(path: string): string | undefined {
  const name = `${path}.damaged-${Date.now()}`;
  try {
    Deno.renameSync(path, name);
  } catch {
    return undefined;
  }
  for (const file of [`${path}-wal`, `${path}-shm`]) {
    try {
      Deno.removeSync(file);
    } catch {
      // Without the database it is not used.
    }
  }
  return name;
}

function inMemory(): HistoryStore {
  return new HistoryStore(IN_MEMORY);
}
