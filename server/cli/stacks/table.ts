/** Pure: the table of `dockstat stacks ls`. */
import { printable } from "../../log/format.ts";
import type { Stack } from "../../protocol/stacks.ts";

const TITLES = ["ID", "NAME", "HOST", "STATUS", "SERVICES"];

/** Renders the table as lines, headings first: stacks by id, then projects that DockStat did not create. */
export function renderStacks(stacks: readonly Stack[]): string[] {
  const rows = [TITLES, ...[...stacks].sort(byIdAndName).map(cells)];
  const widths = TITLES.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)));
  return rows.map((row) => row.map((text, index) => text.padEnd(widths[index]!)).join("   ").trimEnd());
}

function cells({ stack_id, name, hostId, status, services, operation }: Stack): string[] {
  const names = new Set(services.map(({ name }) => name));
  const running = new Set(services.filter(({ state }) => state === "running").map(({ name }) => name));
  return [
    stack_id === null ? "-" : String(stack_id),
    printable(name),
    hostId,
    operation === null ? status : `${status} (${operation.action})`,
    `${running.size}/${names.size}`,
  ];
}

function byIdAndName(one: Stack, other: Stack): number {
  return (one.stack_id ?? Infinity) - (other.stack_id ?? Infinity) ||
    one.hostId.localeCompare(other.hostId) ||
    one.name.localeCompare(other.name);
}
