/** The log of this process, without output. */
import { startLog } from "../../server/log/log.ts";

/** Starts the log with all levels for one scope, without writing to stderr. */
export function quietLog(): Disposable {
  const write = Deno.stderr.writeSync;
  Deno.stderr.writeSync = (bytes) => bytes.length;
  const started = startLog({ level: "debug", format: "json" });
  return {
    [Symbol.dispose]() {
      started[Symbol.dispose]();
      Deno.stderr.writeSync = write;
    },
  };
}
