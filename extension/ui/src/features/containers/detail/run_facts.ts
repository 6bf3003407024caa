/** Pure: restarts and the last exit of a container. */
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { hasEnded, type Life, lifeOf } from "../attention/life.ts";

/** Facts about the runs of a container; `null` where they are unknown. */
export type RunFacts = Pick<Life, "restartCount" | "exitCode" | "oomKilled">;

/** Returns the facts of a frame, completed by the details. */
export function runFacts(message: DetailedStatsMessage, details: RunFacts | undefined): RunFacts {
  const { restartCount, exitCode, oomKilled } = lifeOf(message);
  return {
    restartCount: restartCount ?? details?.restartCount ?? null,
    exitCode: hasEnded(message) ? exitCode ?? details?.exitCode ?? null : null,
    oomKilled: oomKilled ?? details?.oomKilled ?? null,
  };
}
