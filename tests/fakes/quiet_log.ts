/** The log of this process, written nowhere but into its memory. */
import { startLog } from "../../server/log/log.ts";

/** Starts the log, all levels, for one scope; nothing of it reaches stderr. */
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
