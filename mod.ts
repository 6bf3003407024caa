/**
 * DockStat: what every container on your Docker hosts is doing, live.
 *
 * As a module it gives {@linkcode serve}, {@linkcode connect} and the types of the messages; run as a program it is
 * the command line.
 *
 * @module
 */
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
  StatsMessage,
} from "./server/protocol/stats.ts";
export type { HostReport } from "./server/protocol/hosts.ts";
export type { Problem } from "./server/protocol/problem.ts";

/** Signals that come so close together, ms, are one. */
const SAME_MS = 300;
/** After this long, ms, a stop that hangs is ended by force. */
const STOP_MS = 1800;

if (import.meta.main) {
  const stop = new AbortController();
  const patient = shutsDownGracefully(Deno.args);
  let first = 0;
  const onSignal = () => {
    // "deno task" passes on what the terminal has sent already: that is no second Ctrl-C.
    if (stop.signal.aborted && performance.now() - first < SAME_MS) return;
    // A second one does not wait.
    if (stop.signal.aborted) Deno.exit(patient ? 1 : 0);
    first = performance.now();
    stop.abort();
    if (!patient) Deno.unrefTimer(setTimeout(() => Deno.exit(0), STOP_MS));
  };
  Deno.addSignalListener("SIGINT", onSignal);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal);
  Deno.exit(await main(Deno.args, stop.signal));
}
