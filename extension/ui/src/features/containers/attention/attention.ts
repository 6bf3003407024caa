/** Pure: everything that needs attention, worst first. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { formatAge, formatBytes, formatShare, formatTime } from "../../../lib/format.ts";
import type { ContainerRow } from "../model/container_row.ts";
import { type HostUsage, shareOf } from "../model/host_usage.ts";
import { type Life, lifeOf } from "./life.ts";
import { describeExit } from "./exit_meaning.ts";
import { ATTENTION_LABELS as TEXT, TROUBLE_LABELS } from "./labels.ts";
import { type Trouble, troubleOf, TROUBLES } from "./trouble.ts";

/** Share of a disk that is in use from which it needs attention, percent. */
export const DISK_FULL_PERCENT = 90;

/** One container or host with a problem. */
export interface AttentionItem {
  readonly key: string;
  readonly tone: "bad" | "careful";
  readonly hostId: string;
  /** The container; `undefined` for a host. */
  readonly row: ContainerRow | undefined;
  readonly name: string;
  /** The problem, as it follows the name. */
  readonly problem: string;
  /** Reason and time of the problem. */
  readonly detail: string;
}

/** Input of {@linkcode attentionOf}. */
export interface Surveyed {
  readonly rows: readonly ContainerRow[];
  readonly hosts: readonly HostReport[];
  readonly usage: ReadonlyMap<string, HostUsage>;
  /** Start of the bad health of a container by its key, epoch ms. */
  readonly unhealthySince: ReadonlyMap<string, number>;
}

/** Returns everything that needs attention: hosts first, then containers, worst and newest first. */
export function attentionOf(surveyed: Surveyed, now: number): readonly AttentionItem[] {
  const { rows, hosts, usage } = surveyed;
  const silent = hosts.filter(({ state }) => state === "down").map((host) => silentHost(host, now));
  const full = [...usage.values()].flatMap((one) => fullDisk(one) ?? []);
  const troubled = rows.flatMap((row) => {
    const trouble = troubleOf(row, now);
    return trouble === undefined ? [] : [{ row, trouble, life: lifeOf(row.newest) }];
  });
  troubled.sort((one, other) =>
    TROUBLES.indexOf(one.trouble) - TROUBLES.indexOf(other.trouble) ||
    (other.life.finishedAt ?? 0) - (one.life.finishedAt ?? 0) ||
    one.row.newest.name.localeCompare(other.row.newest.name)
  );
  return [...silent, ...troubled.map((one) => troubledContainer(one, surveyed, now)), ...full];
}

function silentHost({ hostId, since, error }: HostReport, now: number): AttentionItem {
  const time = TEXT.since(formatTime(Date.parse(since), now));
  return {
    key: `host ${hostId}`,
    tone: "bad",
    hostId,
    row: undefined,
    name: hostId,
    problem: TEXT.unreachable,
    detail: error === null ? time : `${time} · ${error}`,
  };
}

function fullDisk({ hostId, diskUsedBytes, diskTotalBytes }: HostUsage): AttentionItem | undefined {
  const share = shareOf(diskUsedBytes, diskTotalBytes);
  if (share === null || share < DISK_FULL_PERCENT) return undefined;
  const [used, total] = [diskUsedBytes ?? 0, diskTotalBytes ?? 0];
  return {
    key: `disk ${hostId}`,
    tone: "careful",
    hostId,
    row: undefined,
    name: hostId,
    problem: TEXT.diskFull(formatShare(share)),
    detail: TEXT.diskLeft(formatBytes(total - used), formatBytes(total)),
  };
}

interface Troubled {
  readonly row: ContainerRow;
  readonly trouble: Trouble;
  readonly life: Life;
}

function troubledContainer(
  { row, trouble, life }: Troubled,
  { unhealthySince }: Surveyed,
  now: number,
): AttentionItem {
  const { hostId, name } = row.newest;
  const since = row.healthChangedAt ?? unhealthySince.get(row.key);
  const details = trouble === "unhealthy" ? [health(row, since, now)] : exits(row, trouble, life, now);
  return {
    key: row.key,
    tone: "bad",
    hostId,
    row,
    name,
    problem: TROUBLE_LABELS[trouble],
    detail: details.filter((part) => part !== "").join(" · "),
  };
}

/** Without an event of the change, the uptime limits the time. */
function health({ newest: { status } }: ContainerRow, since: number | undefined, now: number): string {
  if (since !== undefined) return `${TEXT.since(formatTime(since, now))}, ${formatAge(now - since)}`;
  const uptime = /^Up ([^(]+)/.exec(status)?.[1]?.trim().toLowerCase();
  return uptime === undefined ? "" : TEXT.up(uptime);
}

function exits({ newest }: ContainerRow, trouble: Trouble, life: Life, now: number): readonly string[] {
  const { restartCount, finishedAt } = life;
  const restarts = restartCount !== null && restartCount > 0 ? TEXT.restarts(restartCount) : "";
  return [restarts, exitOf(trouble, life), ended(newest.status, finishedAt, now)];
}

/** Returns the last exit code; the meaning of a lack of memory is in the problem. */
function exitOf(trouble: Trouble, life: Life): string {
  const { exitCode } = life;
  if (exitCode === null) return trouble === "memory" ? TEXT.processKilled : "";
  if (trouble === "memory") return TEXT.exit(exitCode);
  return trouble === "restarting" ? TEXT.last(describeExit(life)) : describeExit(life);
}

/** Returns the time since the end; older servers have it in the status text only. */
function ended(status: string, finishedAt: number | null, now: number): string {
  if (finishedAt !== null) return `${formatAge(now - finishedAt)} ago`;
  return /^(?:Exited|Restarting) \(\d+\) (.+ ago)$/.exec(status)?.[1]?.toLowerCase() ?? "";
}
