/** Plans of operations on one container. */
import type { ComposeEnd } from "../compose/compose.ts";
import type { Redact } from "../compose/env_values.ts";
import type { HostResources } from "../docker/run_facts.ts";
import { CONTAINER_COMMANDS, type ContainerCommand } from "../protocol/container_commands.ts";
import type { LimitChange } from "../protocol/containers.ts";
import type { ResourceState, StackAction, StackStatus } from "../protocol/stack_events.ts";
import { callEngine, capitalized, resourceStep } from "../stacks/run/engine_work.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import type { EngineContainer } from "./find.ts";
import { toUpdate } from "./limits.ts";

/** The container that a plan is for. */
export interface ContainerTarget extends EngineContainer {
  /** `null` for a container that belongs to no stack. */
  readonly stackId: number | null;
  /** Cuts secrets of its stack out of all texts. */
  readonly hide: Redact;
}

/** Options of a container's removal. */
export interface ContainerRemovalOptions {
  /** Removes its volumes without a name as well. */
  readonly volumes: boolean;
  /** Kills it first if it runs. */
  readonly force: boolean;
}

/** Returns the plan of a command; the engine applies the timeout of the container. */
export function commandPlan(command: ContainerCommand, target: ContainerTarget): Plan {
  const { action, status } = CONTAINER_COMMANDS[command];
  return plan(target, { command, action, status }, async ({ signal }) => {
    await callEngine(target.engine, { method: "POST", path: `${pathOf(target)}/${command}` }, signal);
  });
}

/** Returns the plan of a removal. */
export function removalPlan(target: ContainerTarget, { volumes, force }: ContainerRemovalOptions): Plan {
  const query = new URLSearchParams({ v: String(Number(volumes)), force: String(Number(force)) });
  const path = `${pathOf(target)}?${query}`;
  const words = { command: "remove", action: "removing", status: "removed" } as const;
  return plan(target, words, async ({ signal }) => {
    await callEngine(target.engine, { method: "DELETE", path }, signal);
  });
}

/** Returns the plan of a change of limits. */
export function limitPlan(target: ContainerTarget, change: LimitChange, host: HostResources): Plan {
  const words = { command: "change the limits of", action: "limiting", status: "updated" } as const;
  return plan(target, words, async ({ signal, report }) => {
    const inspection = await callEngine(
      target.engine,
      { method: "GET", path: `${pathOf(target)}/json` },
      signal,
    );
    const body = toUpdate(change, inspection, host);
    if (Object.keys(body).length === 0) return;
    const answer = await callEngine(
      target.engine,
      { method: "POST", path: `${pathOf(target)}/update`, body },
      signal,
    );
    for (const message of warningsOf(answer)) report({ kind: "warning", message });
  });
}

function warningsOf(answer: unknown): string[] {
  const { Warnings } = (answer ?? {}) as { readonly Warnings?: unknown };
  return Array.isArray(Warnings) ? Warnings.filter((text) => typeof text === "string") : [];
}

/** The id comes from the engine's own list, so it is 64 digits. */
function pathOf({ container: { id } }: ContainerTarget): string {
  return `/containers/${id}`;
}

interface Words {
  readonly command: string;
  readonly action: StackAction;
  readonly status: StackStatus;
}

function plan(
  target: ContainerTarget,
  { command, action, status }: Words,
  work: (context: RunContext) => Promise<void>,
): Plan {
  const { hostId, stackId, hide, container: { id, name, project } } = target;
  return {
    command,
    action,
    stackId,
    hostId,
    project,
    target: { kind: "container", name, id },
    hide,
    work: async (context): Promise<ComposeEnd> => {
      const report = (verb: string, state: ResourceState) =>
        context.report(resourceStep("container", name, verb, state));
      report(capitalized(action), "working");
      await work(context);
      report(capitalized(status), "done");
      return { code: 0, error: undefined };
    },
    success: { status, message: `Container "${name}" ${status} successfully` },
  };
}
