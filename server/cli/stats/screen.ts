/** Pure: the contents of the terminal during `dockstat stats`. */
import type { HostUsage } from "../../protocol/hosts.ts";
import type { DetailedStatsMessage } from "../../protocol/stats.ts";
import { painted } from "../color.ts";
import { hostLine } from "../hosts/host_line.ts";
import type { StatsRequest } from "./flags.ts";
import { renderTable } from "./table.ts";
import { missingNames, selected, sorted, type View } from "./view.ts";

/** Everything that the screen shows. */
export interface ScreenContents {
  readonly messages: readonly DetailedStatsMessage[];
  /** Numbers of the hosts' machines, by host. */
  readonly usages: ReadonlyMap<string, HostUsage>;
  /** Errors of hosts that cannot be read, by host. */
  readonly silent: ReadonlyMap<string, string>;
  readonly request: StatsRequest;
  readonly view: View;
  readonly columns: number;
  readonly rows: number;
  readonly colors: boolean;
  /** False when the keys cannot be read. */
  readonly keys: boolean;
}

/** Renders the screen as lines, one less than the terminal has rows. */
export function screenLines(contents: ScreenContents): string[] {
  const { messages, silent, request, view, columns, rows, colors, keys } = contents;
  const shown = sorted(selected(messages, request, view.filter), view.sort);
  const paint = (text: string, color: "red" | "dim") => colors ? painted(text, color) : text;
  const notes = [
    ...hostLines(contents),
    ...[...silent].map(([hostId, error]) => paint(`Host ${hostId} cannot be read: ${error}`, "red")),
    ...missingNames(messages, request).map((name) => `There is no container "${name}".`),
    ...messages.some(({ hostId }) => hostId === "Simulated") ? ["These containers are simulated."] : [],
  ];
  const none = messages.length === 0 ? "No containers." : "No matching containers.";
  const table = shown.length > 0 ? renderTable(shown, columns, { colors }) : silent.size === 0 ? [none] : [];
  const foot = keys ? [paint(footer(view, columns), "dim")] : [];
  const room = Math.max(rows - 1 - foot.length, 1);
  return [...cut([...notes, ...table], room), ...foot];
}

/** Returns the lines of the hosts, which are left out when the table shows named containers. */
function hostLines(
  { usages, silent, request: { names, hostId, hostIds }, columns }: ScreenContents,
): string[] {
  const wanted = names.length === 0 ? [...usages] : [];
  return wanted.filter(([id]) => !silent.has(id) && (hostId ?? id) === id && (hostIds?.has(id) ?? true))
    .map(([id, usage]) => hostLine(id, usage).slice(0, columns));
}

function footer({ sort, filter, typing }: View, columns: number): string {
  const search = typing ? `/${filter}_` : filter === "" ? "/ filter" : `/${filter} (Esc removes)`;
  const order = sort === undefined ? "" : `, by ${sort}`;
  return `c m n t sort${order}   ${search}   q quit`.slice(0, columns);
}

function cut(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  const hidden = lines.length - room + 1;
  return [...lines.slice(0, room - 1), `… and ${hidden} more; filter, or enlarge the terminal to see them`];
}
