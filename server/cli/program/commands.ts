/** The commands: parsed arguments, help, and the module of each. */
import { BACKUP_HELP, type BackupFlags } from "../backup.ts";
import { type ContainerFlags, CONTAINERS_HELP, toContainerRequest } from "../containers/flags.ts";
import { EXEC_HELP, type ExecArguments, toExecRequest } from "../exec/flags.ts";
import { type EventFlags, EVENTS_HELP, toEventRequest } from "../events/flags.ts";
import type { HostFlags } from "../hosts/flags.ts";
import { type LogFlags, LOGS_HELP, toLogRequest } from "../logs/flags.ts";
import { RESOURCE_COMMANDS } from "../resources/commands.ts";
import { type PruneFlags, RESOURCE_HELPS } from "../resources/flags.ts";
import { REPORT_HELP, type ReportFlags, toReportRequest } from "../report/flags.ts";
import { type StackFlags, toStackRequest } from "../stacks/flags.ts";
import { STACKS_HELP } from "../stacks/help.ts";
import { SWARM_HELP, type SwarmFlags, toSwarmRequest } from "../swarm/flags.ts";
import { STATS_HELP, type StatsFlags, toStatsRequest } from "../stats/flags.ts";
import type { TokenFlags } from "../token.ts";
import { type Flags } from "../../config/config.ts";
import { COMMAND_HELP } from "../help.ts";

/** A parsed command line. */
export interface Invocation {
  readonly command: string;
  /** Arguments of `bridge`, `stats`, `logs`, `events`, `prune`, `backup` and `restore`, unchecked. */
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly help: boolean;
  readonly version: boolean;
  /** Arguments and flags of `stacks`, unchecked. */
  readonly stacks?: { readonly args: readonly string[]; readonly flags: StackFlags };
  /** Arguments and flags of `containers`, unchecked. */
  readonly containers?: { readonly args: readonly string[]; readonly flags: ContainerFlags };
  /** Flags of `logs`, unchecked. */
  readonly logs?: LogFlags;
  /** Command and flags of `exec`. */
  readonly exec?: ExecArguments;
  /** Flags of `events`, unchecked. */
  readonly events?: EventFlags;
  /** Flags of `prune`, `images`, `volumes` and `networks`, unchecked. */
  readonly prune?: PruneFlags;
  /** Flags of `swarm`, unchecked. */
  readonly swarm?: SwarmFlags;
  /** Flags of `report`, unchecked. */
  readonly report?: ReportFlags;
  /** Flags of `restore`. */
  readonly restore?: BackupFlags;
  /** Flags of `stats`, unchecked. */
  readonly stats?: StatsFlags;
  /** Flags of `hosts`. */
  readonly hosts?: HostFlags;
  /** Flags of `token`. */
  readonly token?: TokenFlags;
}

/** Help text of commands that have their own. */
export const HELPS: Readonly<Record<string, string>> = {
  ...COMMAND_HELP,
  stacks: STACKS_HELP,
  containers: CONTAINERS_HELP,
  logs: LOGS_HELP,
  events: EVENTS_HELP,
  ...RESOURCE_HELPS,
  swarm: SWARM_HELP,
  report: REPORT_HELP,
  backup: BACKUP_HELP,
  restore: BACKUP_HELP,
  stats: STATS_HELP,
  exec: EXEC_HELP,
};

/** Runs a command; a number is its exit code. */
type Run = (invocation: Invocation, signal: AbortSignal) => Promise<void | number>;

/** Each command loads its module when it runs, which keeps the other commands out of a server. */
export const COMMANDS: Readonly<Record<string, Run>> = {
  serve: async ({ flags }, signal) => (await import("../serve.ts")).runServe(flags, signal),
  stats: async ({ flags: { host, ...flags }, args, stats }, signal) =>
    (await import("../stats/stats.ts")).runStats(toStatsRequest(args, stats ?? {}, host), flags, signal),
  logs: async ({ flags, args, logs }, signal) =>
    (await import("../logs/logs.ts")).runLogs(toLogRequest(args, logs ?? {}), flags, signal),
  stacks: async ({ flags, stacks }, signal) =>
    (await import("../stacks/stacks.ts"))
      .runStacks(toStackRequest(stacks?.args ?? [], stacks?.flags ?? {}), flags, signal),
  containers: async ({ flags, containers }, signal) =>
    (await import("../containers/containers.ts"))
      .runContainers(toContainerRequest(containers?.args ?? [], containers?.flags ?? {}), flags, signal),
  exec: async ({ flags: { host, ...flags }, args, exec }, signal) =>
    (await import("../exec/exec.ts")).runExec(toExecRequest(args, exec, host), flags, signal),
  ...RESOURCE_COMMANDS,
  swarm: async ({ flags, args, swarm }, signal) =>
    (await import("../swarm/swarm.ts")).runSwarm(toSwarmRequest(args, swarm ?? {}), flags, signal),
  events: async ({ flags, args, events }, signal) =>
    (await import("../events/events.ts")).runEvents(toEventRequest(args, events ?? {}), flags, signal),
  report: async ({ flags, report }, signal) =>
    (await import("../report/report.ts")).runReport(toReportRequest(report ?? {}), flags, signal),
  backup: async ({ flags, args }) => (await import("../backup.ts")).runBackup("backup", args, flags),
  restore: async ({ flags, args, restore }) =>
    (await import("../backup.ts")).runBackup("restore", args, flags, restore),
  hosts: async ({ flags, hosts }, signal) =>
    (await import("../hosts/hosts.ts")).runHosts(flags, hosts ?? {}, signal),
  check: async ({ flags }) => (await import("../check.ts")).runCheck(flags),
  token: async ({ flags, token }) => (await import("../token.ts")).runToken(flags, token),
  bridge: async ({ flags, args }, signal) => (await import("../bridge.ts")).runBridge(args, flags, signal),
};
