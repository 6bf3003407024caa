/** Pure: the problem of a container. */
import { isFailure } from "./exit_meaning.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { type Life, lifeOf } from "./life.ts";

/** Problems of a container, worst first. */
export const TROUBLES = ["restarting", "dead", "memory", "failed", "unhealthy"] as const;
/** One of {@linkcode TROUBLES}. */
export type Trouble = (typeof TROUBLES)[number];

/** Time after a restart in which a crash loop counts as a problem although the container runs, ms. */
export const CRASH_LOOP_MS = 60_000;

/** A container and the moment of its last observed restart. */
export interface Observed {
  readonly newest: DetailedStatsMessage;
  /** Last restart or failure that this page has seen, epoch ms; `-Infinity` without one. */
  readonly restartedAt: number;
}

/** Returns the problem of a container; `undefined` for one that is fine, or whose host is silent. */
export function troubleOf({ newest, restartedAt }: Observed, now: number): Trouble | undefined {
  if (newest.stale && newest.state !== "restarting") return undefined;
  const life = lifeOf(newest);
  switch (newest.state) {
    case "restarting":
      return "restarting";
    case "dead":
      return "dead";
    case "exited":
      return life.oomKilled === true ? "memory" : isFailure(life) ? "failed" : undefined;
    case "running":
      if (keepsRestarting(life, restartedAt, now)) return "restarting";
      if (life.oomKilled === true) return "memory";
      return newest.health === "unhealthy" ? "unhealthy" : undefined;
    default:
      return undefined;
  }
}

function keepsRestarting({ restartCount, startedAt }: Life, restartedAt: number, now: number): boolean {
  const recently = (moment: number | null) => moment !== null && now - moment < CRASH_LOOP_MS;
  return recently(restartedAt) || (restartCount ?? 0) > 0 && recently(startedAt);
}
