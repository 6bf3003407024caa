/** Pure: rows of the timeline in the database, and the conditions of its filters. */
import type { TimelineEvent, TimelineKind } from "../../protocol/past/timeline.ts";
import { wholeText } from "../stored.ts";

/** A new event. Times are epoch ms by DockStat's clock. */
export interface NewEvent extends Omit<TimelineEvent, "id" | "timestamp" | "hasLog" | "count"> {
  readonly at: number;
  /** Number of times; once if `undefined`. */
  readonly count?: number | undefined;
  /** The last lines of the container's log, compressed. */
  readonly gzip?: Uint8Array | undefined;
}

/** Filters of a page of the timeline. */
export interface EventFilter {
  readonly containers?: readonly string[];
  readonly hosts?: readonly string[];
  readonly stacks?: readonly number[];
  readonly projects?: readonly string[];
  readonly kinds?: readonly TimelineKind[];
  /** Epoch ms, inclusive. */
  readonly since?: number | undefined;
  /** Epoch ms, exclusive. */
  readonly until?: number | undefined;
  /** Only events that were stored after this one, oldest first. */
  readonly after?: number | undefined;
  /** Only events before this place, which an earlier page has returned. */
  readonly before?: EventPlace | undefined;
}

/** Place of an event in the timeline. */
export interface EventPlace {
  readonly at: number;
  readonly id: number;
}

/** Columns that an event is stored in. */
export const EVENT_COLUMNS = [
  ...["at", "stored_at", "host_id", "kind", "container_id", "name", "project", "stack_id", "service"],
  ...["exit_code", "state", "action", "operation_id", "message", "late", "count"],
];

/** Returns the values of an event's columns. */
export function rowOf(event: NewEvent, now: number): (string | number | null)[] {
  return [
    ...[Math.round(event.at), now, event.hostId, event.kind, event.containerId, event.name],
    ...[event.project, event.stack_id, event.service, event.exitCode, event.state, event.action],
    ...[event.operation_id, event.message && wholeText(event.message), Number(event.late), event.count ?? 1],
  ];
}

/**
 * Returns the condition of a filter.
 *
 * @param ids Ids of the containers that the filter names by the start of their id.
 */
export function conditions(
  filter: EventFilter,
  ids: readonly string[],
): { readonly where: string; readonly values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...more: (string | number)[]) => {
    parts.push(sql);
    values.push(...more);
  };
  const list = (column: string, items: readonly (string | number)[] = []) => {
    if (items.length > 0) add(`${column} IN (${items.map(() => "?").join(", ")})`, ...items);
  };
  const { containers = [], since, until, after, before } = filter;
  if (containers.length > 0) {
    // The plus keeps the order of time, in which a page ends early.
    const among = (column: string) => `+${column} IN (SELECT value FROM json_each(?))`;
    add(`(${among("name")} OR ${among("container_id")})`, JSON.stringify(containers), JSON.stringify(ids));
  }
  list("host_id", filter.hosts);
  list("stack_id", filter.stacks);
  list("project", filter.projects);
  list("kind", filter.kinds);
  if (since !== undefined) add("at >= ?", since);
  if (until !== undefined) add("at < ?", until);
  if (after !== undefined) add("id > ?", after);
  if (before !== undefined) add("(at, id) < (?, ?)", before.at, before.id);
  return { where: parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`, values };
}

/** Converts a row. */
export function toEvent(row: Readonly<Record<string, unknown>>): TimelineEvent {
  return {
    id: Number(row["id"]),
    timestamp: new Date(Number(row["at"])).toISOString(),
    hostId: row["host_id"],
    kind: row["kind"],
    containerId: row["container_id"],
    name: row["name"],
    project: row["project"],
    stack_id: row["stack_id"],
    service: row["service"],
    exitCode: row["exit_code"],
    state: row["state"],
    action: row["action"],
    operation_id: row["operation_id"],
    message: row["message"],
    late: row["late"] === 1,
    count: Number(row["count"]),
    hasLog: row["has_log"] === 1,
  } as TimelineEvent;
}
