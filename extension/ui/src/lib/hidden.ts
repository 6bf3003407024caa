/** Pure: containers that the label `dockstat.hide=true` hides. */
import type { DetailedStatsMessage } from "../../../../server/protocol/stats.ts";

/** A container with its newest message. */
interface Listed {
  readonly newest: Pick<DetailedStatsMessage, "hostId" | "project" | "hidden">;
}

/** Returns the rows without the hidden ones; the same array if none is hidden. */
export function withoutHidden<T extends Listed>(rows: readonly T[]): readonly T[] {
  return rows.some(({ newest }) => newest.hidden) ? rows.filter(({ newest }) => !newest.hidden) : rows;
}

/** Returns the projects all of whose containers are hidden, as `HOST/NAME`. */
export function hiddenProjects(rows: readonly Listed[]): ReadonlySet<string> {
  const hidden = new Set<string>();
  const shown = new Set<string>();
  for (const { newest: { hostId, project, ...newest } } of rows) {
    if (project !== null) (newest.hidden ? hidden : shown).add(`${hostId}/${project}`);
  }
  return hidden.difference(shown);
}
