/** Pure: the table of `dockstat stacks ls`. */
import { printable } from "../../log/format.ts";
import { aligned } from "../aligned.ts";
import type { Stack } from "../../protocol/stacks.ts";

const TITLES = ["ID", "NAME", "HOST", "STATUS", "CONTAINERS"];

/** Renders the table as lines, headings first: stacks by id, then projects that DockStat did not create. */
export function renderStacks(stacks: readonly Stack[]): string[] {
  return aligned([TITLES, ...[...stacks].sort(byIdAndName).map(cells)]);
}

function cells({ stack_id, name, hostId, status, pending_changes, services, operation }: Stack): string[] {
  const running = services.reduce((sum, { replicas }) => sum + replicas, 0);
  const wanted = services.reduce((sum, { replicas, wanted }) => sum + Math.max(replicas, wanted), 0);
  const changed = pending_changes && status !== "never_deployed" ? ", changes not deployed" : "";
  const state = status.replace("_", " ") + changed;
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
