/** Pure: the line of facts below a container's name. */
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatPercent } from "../../../lib/format.ts";
import { isLive } from "../model/columns.ts";
import { withNumbers } from "../model/status_time.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import type { RunFacts } from "./run_facts.ts";

/** A fact: its name, its value and what follows the value in a weaker color. */
export interface HeadingFact {
  readonly key: string;
  readonly label?: string;
  readonly value: string;
  readonly rest?: string;
}

/** Circumstances that decide which facts matter. */
export interface FactScope {
  /** True for a memory limit of the container itself. */
  readonly memoryLimited: boolean;
  /** True when there are several hosts. */
  readonly showHost: boolean;
}

/** Returns the facts that matter at a glance; unknown values are dashes. */
export function headingFacts(
  message: DetailedStatsMessage,
  { restartCount }: RunFacts,
  { memoryLimited, showHost }: FactScope,
): readonly HeadingFact[] {
  const { image, state, status, hostId, cpuUsage, stale } = message;
  const facts: HeadingFact[] = [{ key: "image", value: image }, {
    key: "status",
    value: plainStatus(status),
  }];
  // The badge beside the name has the restarts of a container that restarts now.
  if (restartCount !== null && restartCount > 0 && state !== "restarting") {
    facts.push({ key: "restarts", value: PAGE_LABELS.restarts(restartCount) });
  }
  if (isLive(message)) {
    const cpu = stale || cpuUsage === null ? PAGE_LABELS.unknown : formatPercent(cpuUsage);
    facts.push({ key: "cpu", label: PAGE_LABELS.cpu, value: cpu }, memoryFact(message, memoryLimited));
  }
  return showHost ? [...facts, { key: "host", label: PAGE_LABELS.host, value: hostId }] : facts;
}

/** Returns a status such as "Up About a minute (healthy)" without what the badge shows, and with numbers. */
function plainStatus(status: string): string {
  return withNumbers(status.replace(/ \((?:healthy|unhealthy|health: starting|Paused)\)$/, ""));
}

function memoryFact(message: DetailedStatsMessage, memoryLimited: boolean): HeadingFact {
  const { memoryBytes, memoryLimitBytes, stale } = message;
  const known = !stale && memoryBytes !== null;
  const rest = memoryLimited && memoryLimitBytes !== null
    ? { rest: PAGE_LABELS.ofLimit(formatBytes(memoryLimitBytes)) }
    : {};
  const value = known ? formatBytes(memoryBytes) : PAGE_LABELS.unknown;
  return { key: "memory", label: PAGE_LABELS.memory, value, ...known ? rest : {} };
}
