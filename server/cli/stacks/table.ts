/** Pure: the table of `dockstat stacks ls`, and texts of its cells. */
import { printable } from "../../log/format.ts";
import { aligned } from "../aligned.ts";
import { stateColorOf } from "../color.ts";
import type { Stack } from "../../protocol/stacks.ts";

const TITLES = ["ID", "NAME", "HOST", "STATUS", "CONTAINERS"];

/** Renders the table as lines, headings first: stacks by id, then projects that DockStat did not create. */
export function renderStacks(stacks: readonly Stack[], colors = false): string[] {
  const rows = [TITLES, ...[...stacks].sort(byIdAndName).map(cells)];
  return aligned(rows, colors ? stateColorOf(TITLES.indexOf("STATUS")) : undefined);
}

/** Formats a status for people. */
export function statusText({ status, pending_changes }: Stack): string {
  const changed = pending_changes && status !== "never_deployed" ? ", changes not deployed" : "";
  return status.replace("_", " ") + changed;
}

/** Formats a time in local time, such as "2026-11-26 14:02:59". */
export function localTime(timestamp: string): string {
  const time = new Date(timestamp);
  const parts = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  const day = parts.map((part) => String(part).padStart(2, "0")).join("-");
  return `${day} ${time.toTimeString().slice(0, 8)}`;
}

function cells(stack: Stack): string[] {
  const { stack_id, name, hostId, services, operation } = stack;
  const running = services.reduce((sum, { replicas }) => sum + replicas, 0);
  const wanted = services.reduce((sum, { replicas, wanted }) => sum + Math.max(replicas, wanted), 0);
  const state = statusText(stack);
  return [
    stack_id === null ? "-" : String(stack_id),
    printable(name),
    hostId,
    operation === null ? state : `${state} (${operation.action})`,
    `${running}/${wanted}`,
  ];
}

function byIdAndName(one: Stack, other: Stack): number {
  return (one.stack_id ?? Infinity) - (other.stack_id ?? Infinity) ||
    one.hostId.localeCompare(other.hostId) ||
    one.name.localeCompare(other.name);
}
