/** Plans of operations on one container. */
import type { ComposeEnd } from "../compose/compose.ts";
import type { Redact } from "../compose/env_values.ts";
import type { EngineCall } from "../docker/engine.ts";
import type { HostResources } from "../docker/run_facts.ts";
import { AppError } from "../errors.ts";
import { CONTAINER_COMMANDS, type ContainerCommand } from "../protocol/container_commands.ts";
import type { LimitChange } from "../protocol/containers.ts";
import type { ResourceState, StackAction, StackStatus } from "../protocol/stack_events.ts";
import { ENGINE_NOT_REACHABLE } from "../stacks/public_view.ts";
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
    await send(target, { method: "POST", path: `${pathOf(target)}/${command}` }, signal);
  });
}

/** Returns the plan of a removal. */
export function removalPlan(target: ContainerTarget, { volumes, force }: ContainerRemovalOptions): Plan {
  const query = new URLSearchParams({ v: String(Number(volumes)), force: String(Number(force)) });
  const path = `${pathOf(target)}?${query}`;
  const words = { command: "remove", action: "removing", status: "removed" } as const;
  return plan(target, words, async ({ signal }) => {
    await send(target, { method: "DELETE", path }, signal);
  });
}

/** Returns the plan of a change of limits. */
export function limitPlan(target: ContainerTarget, change: LimitChange, host: HostResources): Plan {
  const words = { command: "change the limits of", action: "limiting", status: "updated" } as const;
  return plan(target, words, async ({ signal, report }) => {
    const inspection = await send(target, { method: "GET", path: `${pathOf(target)}/json` }, signal);
    const body = toUpdate(change, inspection, host);
    if (Object.keys(body).length === 0) return;
    const answer = await send(target, { method: "POST", path: `${pathOf(target)}/update`, body }, signal);
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

async function send({ engine }: ContainerTarget, call: EngineCall, signal: AbortSignal): Promise<unknown> {
  try {
    return await engine.call(call, signal);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "engine-unreachable") throw cause;
    throw new AppError(cause.code, ENGINE_NOT_REACHABLE, { cause });
  }
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
      const report = (verb: string, state: ResourceState) => context.report(step(name, verb, state));
      report(capitalized(action), "working");
      await work(context);
      report(capitalized(status), "done");
      return { code: 0, error: undefined };
    },
    success: { status, message: `Container "${name}" ${status} successfully` },
  };
}

function step(name: string, verb: string, state: ResourceState): Parameters<RunContext["report"]>[0] {
  const resource = { kind: "container", name, parent: null } as const;
  const unknown = { reason: undefined, current: undefined, total: undefined };
  return { kind: "resource", id: `Container ${name}`, resource, state, verb, ...unknown };
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
