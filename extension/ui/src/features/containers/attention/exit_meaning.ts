/** Pure: meanings of exit codes. */
import type { Life } from "./life.ts";

/** Exit codes of containers that a user stopped: SIGINT, SIGKILL after the time limit, SIGTERM. */
const STOPPED: ReadonlySet<number> = new Set([130, 137, 143]);

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, "completed"],
  [125, "not started"],
  [126, "command not executable"],
  [127, "command not found"],
  [130, "interrupted"],
  [134, "aborted"],
  [137, "killed or stopped"],
  [139, "segmentation fault"],
  [143, "stopped"],
]);

/** Returns true for a run that ended with a failure; a requested stop does not count, a lack of memory does. */
export function isFailure({ exitCode, oomKilled }: Pick<Life, "exitCode" | "oomKilled">): boolean {
  if (oomKilled === true) return true;
  return exitCode !== null && exitCode !== 0 && !STOPPED.has(exitCode);
}

/** Returns an exit code with its meaning, such as "exit 137, out of memory". */
export function describeExit({ exitCode, oomKilled }: Pick<Life, "exitCode" | "oomKilled">): string {
  const meaning = oomKilled === true ? "out of memory" : meaningOf(exitCode);
  if (exitCode === null) return meaning ?? "exited";
  return meaning === undefined ? `exit ${exitCode}` : `exit ${exitCode}, ${meaning}`;
}

function meaningOf(code: number | null): string | undefined {
  if (code === null) return undefined;
  const isSignal = code > 128 && code < 193;
  return MEANINGS.get(code) ?? (isSignal ? `signal ${code - 128}` : undefined);
}
