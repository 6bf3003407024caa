/** Pure: a swarm as tables of text. */
import { printable } from "../../log/format.ts";
import type { Swarm, SwarmNode, SwarmService, SwarmStack } from "../../protocol/swarm/swarm.ts";
import { aligned } from "../aligned.ts";
import type { Color } from "../color.ts";

const NODES = ["NODE", "STATE", "ROLE", "AVAILABILITY", "TASKS", "ENGINE", "ADDRESS"];
const STACKS = ["STACK", "SERVICES", "TASKS", "DEPLOYED BY"];
const SERVICES = ["SERVICE", "TASKS", "MODE", "IMAGE"];
const STATE_COLUMN = 1;
const TASKS_COLUMN: Readonly<Record<string, number>> = { STACK: 2, SERVICE: 1 };

/** Renders nodes, stacks and services as lines; the message of an unfinished update follows its service. */
export function renderSwarm({ nodes, stacks, services, tasks }: Swarm, colors: boolean): string[] {
  const running = Map.groupBy(
    tasks.filter(({ state, wanted }) => state === "running" && wanted === "running"),
    ({ nodeId }) => nodeId,
  );
  const [head = "", ...rows] = table(SERVICES, services.map(serviceCells), colors);
  return [
    ...table(NODES, nodes.map((node) => nodeCells(node, running.get(node.id)?.length ?? 0)), colors),
    ...stacks.length === 0 ? [] : ["", ...table(STACKS, stacks.map(stackCells), colors)],
    "",
    ...services.length === 0 ? ["No services"] : [
      head,
      ...rows.flatMap((row, at) => [row, ...noteOf(services[at]!)]),
    ],
  ];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[], colors: boolean): string[] {
  const column = TASKS_COLUMN[titles[0]!];
  const colorOf = (text: string, at: number): Color | undefined => {
    if (column === undefined) return at === STATE_COLUMN ? nodeColor(text) : undefined;
    return at === column ? taskColor(text) : undefined;
  };
  return aligned([titles, ...rows], colors ? colorOf : undefined);
}

function nodeColor(state: string): Color | undefined {
  return state === "ready" ? "green" : state === "down" ? "red" : undefined;
}

function taskColor(text: string): Color | undefined {
  const [, running, wanted] = /^(\d+) \/ (\d+)$/.exec(text) ?? [];
  return running === undefined ? undefined : running === wanted ? "green" : "yellow";
}

function nodeCells({ name, state, role, leader, availability, engine, address }: SwarmNode, tasks: number) {
  return [
    printable(name),
    printable(state),
    leader ? `${printable(role)}, leader` : printable(role),
    printable(availability),
    String(tasks),
    printable(engine ?? "-"),
    printable(address ?? "-"),
  ];
}

function stackCells({ name, services, running, wanted, managed }: SwarmStack): string[] {
  return [printable(name), String(services), `${running} / ${wanted}`, managed ? "DockStat" : "-"];
}

function serviceCells({ name, running, wanted, mode, image }: SwarmService): string[] {
  return [printable(name), `${running} / ${wanted}`, printable(mode), printable(image)];
}

function noteOf({ update }: SwarmService): string[] {
  if (update === null || update.state === "completed") return [];
  return [`  ${printable(update.message || update.state)}`];
}
