import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Returns the first line of the last failed health check; `undefined` for a container that is not unhealthy. */
export function failedCheck(
  { health }: Pick<DetailedStatsMessage, "health">,
  details: Pick<ContainerDetails, "health"> | undefined,
): string | undefined {
  if (health !== "unhealthy") return undefined;
  const failed = details?.health?.log.findLast(({ exitCode }) => exitCode !== 0);
  return failed?.output?.trim().split("\n")[0] || undefined;
}
