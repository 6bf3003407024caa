/** The program: the command line with the signals of its process. */
import { main, shutsDownGracefully } from "../main.ts";
import { reloads } from "../reloads.ts";
import { endsOnHangup, hasTerminal } from "./hangup.ts";

/** Signals within this time count as one, ms. */
const SAME_MS = 300;
/** Time after which a shutdown that hangs is forced, ms. */
const STOP_MS = 1800;

/** Runs the command line of this process until it ends or a signal stops it, and exits. */
export async function runProgram(args: string[]): Promise<never> {
  const stop = new AbortController();
  const graceful = shutsDownGracefully(args);
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
    const reload = () => reloads.publish(["reload"]);
    Deno.addSignalListener("SIGHUP", endsOnHangup(args, hasTerminal()) ? onSignal : reload);
  }
  Deno.exit(await main(args, stop.signal));
}
