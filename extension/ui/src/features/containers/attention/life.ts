/** Pure: restarts, exits and start of a container. */
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Facts about the runs of a container; `null` where the engine does not report them. */
export interface Life {
  /** Restarts by the restart policy since the last start by a user. */
  readonly restartCount: number | null;
  /** Exit code of the last run; `null` for a container that has not ended. */
  readonly exitCode: number | null;
  /** True when the kernel has killed a process of the container for lack of memory. */
  readonly oomKilled: boolean | null;
  /** Start of the current or last run, epoch ms. */
  readonly startedAt: number | null;
  /** End of the last run, epoch ms. */
  readonly finishedAt: number | null;
}

/** Exit code in a status text of `docker ps`, such as "Exited (1) 2 minutes ago". */
const STATUS_CODE = /^(?:Exited|Restarting) \((\d+)\)/;

/** Returns the facts of a frame. The status text has the exit code too, before the first inspection. */
export function lifeOf(message: DetailedStatsMessage): Life {
  const { restartCount, exitCode, oomKilled, startedAt, finishedAt } = message;
  return {
    restartCount,
    exitCode: hasEnded(message) ? exitCode ?? codeOf(message.status) : null,
    oomKilled,
    startedAt: epochOf(startedAt),
    finishedAt: epochOf(finishedAt),
  };
}

/** Returns true for a container whose last run is over. */
export function hasEnded({ state }: Pick<DetailedStatsMessage, "state">): boolean {
  return state === "exited" || state === "restarting" || state === "dead";
}

function codeOf(status: string): number | null {
  const code = STATUS_CODE.exec(status)?.[1];
  return code === undefined ? null : Number(code);
}

function epochOf(moment: string | null): number | null {
  if (moment === null) return null;
  const epochMs = Date.parse(moment);
  // Engines report the year 1 for a run that has not ended.
  return epochMs > 0 ? epochMs : null;
}
