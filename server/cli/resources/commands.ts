/** The commands of images, volumes and networks. */
import type { Flags } from "../../config/config.ts";
import { LISTS, type PruneFlags, toPruneCommand } from "./flags.ts";
import { runList } from "./list.ts";
import { runPrune } from "./prune.ts";

/** A parsed command line. */
interface Invocation {
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly prune?: PruneFlags;
}

type Command = (invocation: Invocation, signal: AbortSignal) => Promise<void>;

/** Commands by name. */
export const RESOURCE_COMMANDS: Readonly<Record<string, Command>> = {
  prune: ({ flags, args, prune }, signal) => runPrune(toPruneCommand(args, prune ?? {}), flags, signal),
  ...Object.fromEntries(
    LISTS.map((kind): [string, Command] => [
      kind,
      ({ flags, prune }, signal) => runList(kind, prune?.on, flags, signal),
    ]),
  ),
};
