/**
 * DockStat shows what every container on your Docker hosts is doing, live.
 *
 * The module exports {@linkcode serve}, {@linkcode connect} and the message types. Run as a program, it is the command
 * line.
 *
 * @module
 */
import { endsOnHangup, hasTerminal, reportIgnoredHangup } from "./server/cli/hangup.ts";
import { main, shutsDownGracefully } from "./server/cli/main.ts";

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

/** Signals within this time count as one, ms. */
const SAME_MS = 300;
/** Time after which a shutdown that hangs is forced, ms. */
const STOP_MS = 1800;

if (import.meta.main) {
  const stop = new AbortController();
  const graceful = shutsDownGracefully(Deno.args);
  let first = 0;
  const onSignal = () => {
    // "deno task" forwards a signal that the terminal has also sent: this is not a second Ctrl-C.
    if (stop.signal.aborted && performance.now() - first < SAME_MS) return;
    // A second one does not wait.
    if (stop.signal.aborted) Deno.exit(graceful ? 1 : 0);
    first = performance.now();
    stop.abort();
    if (!graceful) Deno.unrefTimer(setTimeout(() => Deno.exit(0), STOP_MS));
  };
  Deno.addSignalListener("SIGINT", onSignal);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGHUP", endsOnHangup(Deno.args, hasTerminal()) ? onSignal : reportIgnoredHangup);
  }
  Deno.exit(await main(Deno.args, stop.signal));
}
