/** The commands of images, volumes and networks. */
import type { Flags } from "../../config/config.ts";
import { LISTS, type PruneFlags, toPruneCommand } from "./flags.ts";

/** A parsed command line. */
interface Invocation {
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly prune?: PruneFlags;
}

type Command = (invocation: Invocation, signal: AbortSignal) => Promise<void>;

/** Commands by name; each loads its module when it runs. */
export const RESOURCE_COMMANDS: Readonly<Record<string, Command>> = {
  prune: async ({ flags, args, prune }, signal) =>
    (await import("./prune.ts")).runPrune(toPruneCommand(args, prune ?? {}), flags, signal),
  updates: async ({ flags, prune }, signal) =>
    (await import("./updates.ts")).runUpdates(prune ?? {}, flags, signal),
  ...Object.fromEntries(
    LISTS.map((kind): [string, Command] => [
      kind,
      async ({ flags, prune }, signal) => (await import("./list.ts")).runList(kind, prune?.on, flags, signal),
    ]),
  ),
};
