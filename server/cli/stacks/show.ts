/** `dockstat stacks show`: everything about one stack on a page. */
import { printable } from "../../log/format.ts";
import type { StackFile } from "../../protocol/stack_files.ts";
import type { StackVersion } from "../../protocol/stack_versions.ts";
import type { ServiceContainer, Stack, StackService } from "../../protocol/stacks.ts";
import { aligned } from "../aligned.ts";
import { byteText } from "../byte_text.ts";
import { print } from "../terminal.ts";
import { quoted } from "../quoted.ts";
import { localTime, statusText } from "./table.ts";
import { findOne, pathOf, type Task } from "./task.ts";

/** Number of newest versions on the page. */
const LAST_VERSIONS = 5;
/** Number of files on the page. */
const MOST_FILES = 20;

/**
 * Prints a stack or a project.
 *
 * @throws {AppError} "not-found", "failed".
 */
export async function show(task: Task): Promise<void> {
  const { client, signal } = task;
  const stack = await findOne(task);
  const read = <T>(name: string): Promise<T[]> =>
    stack.managed ? client.ask<T[]>(`${pathOf(stack)}/${name}`, { signal }) : Promise.resolve([]);
  const [files, versions] = [await read<StackFile>("files"), await read<StackVersion>("versions")];
  print(`${renderStack(stack, files, versions).join("\n")}\n`);
}

/** Renders the page of a stack as lines. */
export function renderStack(
  stack: Stack,
  files: readonly StackFile[],
  versions: readonly StackVersion[],
): string[] {
  return [
    ...renderFacts(stack),
    ...section("Services", stack.services.length === 0 ? [] : renderServices(stack.services)),
    ...section("Files", renderFiles(files)),
    ...section("Versions", aligned(versions.slice(0, LAST_VERSIONS).map(versionCells))),
  ];
}

function renderFacts(stack: Stack): string[] {
  const { stack_id, name, hostId, managed, operation, last_operation: last, updated_at } = stack;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Stack", printable(name)],
    ["ID", managed ? String(stack_id) : "none: DockStat did not create it"],
    ["Host", printable(hostId)],
    ["Status", statusText(stack)],
    ["Operation", operation && `${operation.action} (${operation.state})`],
    ["Last operation", last && `${last.action} (${last.state}), ${localTime(last.ended_at)}`],
    ["Changed", updated_at && localTime(updated_at)],
  ];
  return aligned(facts.flatMap(([title, text]) => text === null ? [] : [[title, text]]));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function renderServices(services: readonly StackService[]): string[] {
  return aligned(services.flatMap((service) => [
    [printable(service.name), `${service.replicas}/${service.wanted}`, ""],
    ...service.containers.map((
      container,
    ) => [`  ${printable(container.name)}`, stateOf(container), container.id.slice(0, 12)]),
  ]));
}

function stateOf({ state, health, exitCode }: ServiceContainer): string {
  const code = exitCode === null ? [] : [`exit code ${exitCode}`];
  const checked = health === null ? [] : [health];
  return printable([state, ...checked, ...code].join(", "));
}

function renderFiles(files: readonly StackFile[]): string[] {
  const shown = files.slice(0, MOST_FILES).map(({ path, size }) => [
    quoted(path),
    size === null ? "missing" : byteText(size),
  ]);
  const more = files.length - shown.length;
  return [...aligned(shown), ...more > 0 ? [`and ${more} more`] : []];
}

function versionCells({ version, created_at, reason, deployed_at, current }: StackVersion): string[] {
  const deployed = deployed_at === null ? "" : `deployed ${localTime(deployed_at)}`;
  return [String(version), localTime(created_at), printable(reason), current ? "current" : "", deployed];
}
