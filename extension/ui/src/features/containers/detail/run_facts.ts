/** Pure: restarts, exits and times of a container's runs. */
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Facts about the runs of a container; `null` where they are unknown. */
export interface RunFacts {
  readonly restartCount: number | null;
  /** Exit code of the last run; `null` while the container runs. */
  readonly exitCode: number | null;
  /** True when the kernel has killed a process of the container for lack of memory. */
  readonly oomKilled: boolean | null;
}

/** Keys of a frame that servers of earlier versions do not send. */
type RunKeys = Partial<RunFacts>;

/** Exit code in a status text of `docker ps`, such as "Exited (1) 2 minutes ago". */
const STATUS_CODE = /^(?:Exited|Restarting) \((\d+)\)/;
/** First exit code of a process that a signal ended, and the last one. */
const [FIRST_SIGNAL, LAST_SIGNAL] = [129, 192];

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, "completed"],
  [125, "could not be started"],
  [126, "command not executable"],
  [127, "command not found"],
  [130, "interrupted"],
  [134, "aborted"],
  [137, "killed, or stopped after its timeout"],
  [139, "segmentation fault"],
  [143, "stopped"],
]);

/** Returns the facts of a frame, completed by the details and by the status text. */
export function runFacts(
  message: DetailedStatsMessage & RunKeys,
  details: Pick<ContainerDetails, "restartCount" | "exitCode" | "oomKilled"> | undefined,
): RunFacts {
  const { restartCount, exitCode, oomKilled } = message;
  const fromStatus = STATUS_CODE.exec(message.status)?.[1];
  const code = exitCode ?? details?.exitCode ?? (fromStatus === undefined ? null : Number(fromStatus));
  return {
    restartCount: restartCount ?? details?.restartCount ?? null,
    exitCode: hasEnded(message) ? code : null,
    oomKilled: oomKilled ?? details?.oomKilled ?? null,
  };
}

/** Returns the end of the last run with its reason, such as "Exit 137: out of memory"; `undefined` while it runs. */
export function exitMeaning({ exitCode, oomKilled }: RunFacts): string | undefined {
  if (exitCode === null) return undefined;
  const meaning = oomKilled === true ? "out of memory" : MEANINGS.get(exitCode) ?? signalOf(exitCode);
  return meaning === undefined ? `Exit ${exitCode}` : `Exit ${exitCode}: ${meaning}`;
}

/** Returns true for an end that needs attention; a requested stop is not a failure. */
export function isFailure({ exitCode, oomKilled }: RunFacts): boolean {
  return oomKilled === true || exitCode !== null && ![0, 130, 137, 143].includes(exitCode);
}

function signalOf(code: number): string | undefined {
  return code >= FIRST_SIGNAL && code <= LAST_SIGNAL ? `signal ${code - 128}` : undefined;
}

function hasEnded({ state }: Pick<DetailedStatsMessage, "state">): boolean {
  return state === "exited" || state === "restarting" || state === "dead";
}
