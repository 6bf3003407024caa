/** `dockstat backup` and `dockstat restore`: the data folder as one file. */
import { resolve } from "../runtime/path.ts";
import { type Flags, loadConfig } from "../config/config.ts";
import { AppError } from "../errors.ts";
import { printError } from "./terminal.ts";

/** Text of `dockstat backup --help` and `dockstat restore --help`. */
export const BACKUP_HELP = `Usage: dockstat backup FILE [--data DIR]
       dockstat restore FILE [--data DIR] [--force]

"backup" writes the data folder into one SQLite file with mode 0600, also while a server runs. An earlier backup is
replaced. "restore" writes it back, while no server runs.

The backup has the database (stacks with their texts, files and versions, operations, events, kept logs, the audit
journal, hashes of sessions), the history, and the small files of the folder, such as the token. It contains secrets.
It has no data that containers wrote, no volumes, and no files of adopted stacks.

Flags
  --data DIR  the data folder, as with "dockstat serve"
  --force     restore: replace the contents of a folder that is not empty; files of unknown stacks stay there

Exit codes: 0 success, 1 failed, 2 wrong usage.
`;

/** Boolean flags of `restore`, by their key in {@linkcode BackupFlags}. */
export const RESTORE_SWITCH_FLAGS = { force: "force" } as const;

/** Flags of `restore` as typed. */
export interface BackupFlags {
  readonly force?: boolean;
}

/**
 * Writes a backup, or restores one.
 *
 * @throws {AppError} "usage" without exactly one file, "failed" or "busy" when it cannot be done.
 */
export async function runBackup(
  command: "backup" | "restore",
  args: readonly string[],
  flags: Flags,
  { force = false }: BackupFlags = {},
): Promise<void> {
  const [file, extra] = args;
  if (file === undefined) throw new AppError("usage", `${command}: expected the path of the backup`);
  if (extra !== undefined) throw new AppError("usage", `Unexpected argument "${extra}" after "${command}"`);
  const { createBackup, restoreBackup } = await import("../store/past/backup.ts");
  const data = resolve((await loadConfig(flags)).data);
  if (command === "backup") await createBackup(data, resolve(file));
  else await restoreBackup(resolve(file), data, force);
  printError(
    command === "backup" ? `Saved "${data}" in "${file}", which contains secrets\n` : `Restored "${data}"\n`,
  );
}
