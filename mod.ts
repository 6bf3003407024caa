/**
 * DockStat shows what every container on your Docker hosts is doing, live.
 *
 * The module exports {@linkcode serve}, {@linkcode connect} and the message types. Run as a program, it is the command
 * line.
 *
 * @module
 */
import { runProgram } from "./server/cli/program/program.ts";

export { connect, type ConnectOptions } from "./server/connect.ts";
export { type Config, type Flags, loadConfig } from "./server/config/config.ts";
export { serve, type Server } from "./server/serve.ts";
export type {
  ContainerState,
  DetailedStatsMessage,
  HistoryMessage,
  HistoryPoint,
  HostNotice,
  IntervalNotice,
  StatsMessage,
} from "./server/protocol/stats.ts";
export type { HostReport, HostStatsMessage, HostUsage } from "./server/protocol/hosts.ts";
export type { Problem } from "./server/protocol/problem.ts";

if (import.meta.main) await runProgram(Deno.args);
