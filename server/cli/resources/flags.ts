/** Flags and arguments of `dockstat prune`, `images`, `volumes` and `networks`. */
import { AppError } from "../../errors.ts";
import { PRUNE_KINDS, type PruneKind } from "../../protocol/resources/prune.ts";
import { suggest } from "../suggest.ts";

const FIND_SERVER =
  `--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".`;

const PRUNE_HELP = `Usage: dockstat prune [KIND ...] [flags]
Requires a running DockStat server.

Lists what no container uses, with sizes, asks for confirmation, and removes exactly the listed items. KIND is
containers (stopped ones), images (without a tag), networks or volumes. The default is all kinds. Volumes stay
unless they are named.

Flags
  --on HOSTID         the host; required if there are several
  --volume NAME,...   also remove these unused volumes, with their data
  --yes               do not ask; required without a terminal

${FIND_SERVER}
Ctrl-C cancels the operation and waits for its end. A second Ctrl-C does not wait.
Exit codes: 0 success, 1 failed, cancelled or declined, 2 wrong usage.
`;

/** Commands that print a table of one kind. */
export const LISTS = ["images", "volumes", "networks"] as const;

function listHelp(kind: (typeof LISTS)[number]): string {
  return `Usage: dockstat ${kind} [ls] [flags]
Requires a running DockStat server.

Lists the ${kind} of all hosts, with the containers that use them.

Flags
  --on HOSTID   only this host

${FIND_SERVER}
Exit codes: 0 success, 1 the server cannot be reached or refuses, 2 wrong usage.
`;
}

const UPDATES_HELP = `Usage: dockstat updates [ls] [flags]
Requires a running DockStat server.

Lists the images of all containers, compared with the last answers of their registries. Images that have a newer one
come first.

Flags
  --check       ask the registries first
  --on HOSTID   only this host

${FIND_SERVER}
Exit codes: 0 success, 1 the server cannot be reached or refuses, 2 wrong usage.
`;

/** Help texts by command. */
export const RESOURCE_HELPS: Readonly<Record<string, string>> = {
  prune: PRUNE_HELP,
  updates: UPDATES_HELP,
  ...Object.fromEntries(LISTS.map((kind) => [kind, listHelp(kind)])),
};

/** Flags of `prune` that take a value, by their key in {@linkcode PruneFlags}. */
export const PRUNE_VALUE_FLAGS = { on: "on", volume: "volume" } as const;
/** Boolean flags of `prune`. */
export const PRUNE_SWITCH_FLAGS = { yes: "yes" } as const;

/** Boolean flags of `updates`. */
export const UPDATE_SWITCH_FLAGS = { check: "check" } as const;

/** The flags of `prune`, `updates` and the lists as typed. */
export interface PruneFlags {
  readonly on?: string;
  readonly volume?: string;
  readonly yes?: boolean;
  readonly check?: boolean;
}

/** A checked `dockstat prune` command. */
export interface PruneCommand {
  readonly kinds: readonly PruneKind[];
  readonly hostId: string | undefined;
  /** Names of the volumes to remove. */
  readonly volumes: readonly string[];
  /** Removes without a question. */
  readonly yes: boolean;
}

/**
 * Checks arguments and flags.
 *
 * @throws {AppError} "usage" for an unknown kind.
 */
export function toPruneCommand(
  args: readonly string[],
  { on, volume, yes = false }: PruneFlags,
): PruneCommand {
  const kinds = args.map(toKind);
  const volumes = (volume ?? "").split(",").filter((name) => name !== "");
  const named = volumes.length > 0 && kinds.length > 0 ? [...kinds, "volume" as const] : kinds;
  return { kinds: named.length === 0 ? PRUNE_KINDS : [...new Set(named)], hostId: on, volumes, yes };
}

function toKind(word: string): PruneKind {
  const found = PRUNE_KINDS.find((kind) => word === kind || word === `${kind}s`);
  if (found !== undefined) return found;
  const hint = suggest(word, PRUNE_KINDS.map((kind) => `${kind}s`));
  throw new AppError(
    "usage",
    `Unknown kind "${word}": ${hint}expected containers, images, networks or volumes`,
  );
}
