/** Live statistics of the containers of stacks, and their sums. */
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { ServiceContainer } from "../../../../../../server/protocol/stacks.ts";
import { Observable } from "../../../lib/observable.ts";

/** Source of the statistics, which another feature keeps up to date. */
export interface Readings {
  /** Changes with each reading. */
  readonly view: Observable<object>;
  /** Returns the row of a container; `undefined` for an unknown one. */
  row(hostId: string, id: string): { readonly newest: DetailedStatsMessage } | undefined;
}

/** Source without statistics. */
export const NO_READINGS: Readings = { view: new Observable({}), row: () => undefined };

/** Numbers of one or several containers; `null` where none is known. */
export interface Usage {
  /** Percent of one core. */
  readonly cpu: number | null;
  /** Bytes. */
  readonly memory: number | null;
  /** Start of the container that runs the longest, epoch ms. */
  readonly startedAt: number | null;
  /** Restarts by the engine, also of those that do not run now. */
  readonly restarts: number;
}

/** Sums the numbers of the containers that run. */
export function usageOf(
  containers: readonly Pick<ServiceContainer, "id">[],
  hostId: string,
  readings: Pick<Readings, "row">,
): Usage {
  const all = containers.flatMap(({ id }) => readings.row(hostId, id)?.newest ?? []);
  const messages = all.filter(({ state }) => state === "running");
  const starts = messages.flatMap(({ startedAt }) => startedAt === null ? [] : [Date.parse(startedAt)]);
  return {
    cpu: sum(messages.map(({ cpuUsage }) => cpuUsage)),
    memory: sum(messages.map(({ memoryBytes }) => memoryBytes)),
    startedAt: starts.length === 0 ? null : Math.min(...starts),
    restarts: all.reduce((total, { restartCount }) => total + (restartCount ?? 0), 0),
  };
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
