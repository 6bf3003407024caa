/** Plans of operations on services and stacks of a swarm. */
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import type { SwarmService } from "../protocol/swarm/swarm.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { isNodeId } from "./node_engine.ts";
import { followTasks } from "./task_progress.ts";
import type { Manager } from "./manager.ts";
import { stepOf } from "./steps.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Objects of a stack in the order of their removal; a network is free once its tasks have ended. */
const STACK_OBJECTS = ["service", "secret", "config", "network"] as const;
/** Attempts to remove a network. */
const NETWORK_TRIES = 60;

/** Returns the plan of a change of the number of tasks. */
export function scalePlan(manager: Manager, service: SwarmService, replicas: number): Plan {
  return {
    ...ofService(manager, service),
    command: "scale",
    action: "scaling",
    work: changing(manager, service, (spec) => ({
      ...spec,
      Mode: { Replicated: { ...fieldsOf(fieldsOf(spec["Mode"])["Replicated"]), Replicas: replicas } },
    })),
    success: {
      status: "updated",
      message: `Service "${service.name}" scaled to ${replicas} successfully`,
    },
  };
}

/** Returns the plan of the replacement of every task. */
export function updatePlan(manager: Manager, service: SwarmService): Plan {
  return {
    ...ofService(manager, service),
    command: "update",
    action: "updating",
    work: changing(manager, service, (spec) => {
      const template = fieldsOf(spec["TaskTemplate"]);
      const forced = (countOf(template["ForceUpdate"]) ?? 0) + 1;
      return { ...spec, TaskTemplate: { ...template, ForceUpdate: forced } };
    }),
    success: { status: "updated", message: `Service "${service.name}" updated successfully` },
  };
}

/** Returns the plan of the return to the earlier definition. */
export function rollbackPlan(manager: Manager, service: SwarmService): Plan {
  return {
    ...ofService(manager, service),
    command: "roll back",
    action: "rolling back",
    work: changing(manager, service, (spec) => spec, true),
    success: { status: "updated", message: `Service "${service.name}" rolled back successfully` },
  };
}

/** Returns the plan of the removal of a service or a whole stack. */
export function removalPlan(
  manager: Manager,
  subject: { readonly service: SwarmService } | { readonly stack: string },
): Plan {
  const base = "service" in subject ? ofService(manager, subject.service) : {
    ...plain(manager, subject.stack),
    target: { kind: "stack" as const, name: subject.stack, id: null },
  };
  const what = "service" in subject ? `Service "${subject.service.name}"` : `Stack "${subject.stack}"`;
  return {
    ...base,
    command: "remove",
    action: "removing",
    work: async (context) => {
      if ("service" in subject) {
        await removeObject(
          manager,
          "service",
          { id: subject.service.id, name: subject.service.name },
          context,
        );
      } else await removeStack(manager, subject.stack, context);
      return { code: 0, error: undefined };
    },
    success: { status: "removed", message: `${what} removed successfully` },
  };
}

function plain({ hostId, clusterId: swarm }: Manager, project: string) {
  return { stackId: null, hostId, swarm, project, hide: (text: string) => text };
}

/** A service without a stack has a lock under its own name. */
function ofService(manager: Manager, { id, name, stack }: SwarmService) {
  return { ...plain(manager, stack ?? name), target: { kind: "service" as const, name, id } };
}

/** Returns the work of a change of a service's definition, which ends when its tasks are as wanted. */
function changing(
  { engine, everyMs }: Manager,
  { id }: SwarmService,
  change: (spec: Fields) => Fields,
  isRollback = false,
): Plan["work"] {
  return async (context) => {
    const { signal } = context;
    const found = fieldsOf(await engine.call({ method: "GET", path: `/services/${id}` }, signal));
    const version = countOf(fieldsOf(found["Version"])["Index"]);
    if (version === undefined) throw new AppError("engine-refused", "the service has no version");
    const path = `/services/${id}/update?version=${version}${isRollback ? "&rollback=previous" : ""}`;
    const body = change(fieldsOf(found["Spec"]));
    const answer = await engine.call({ method: "POST", path, body }, signal);
    for (const warning of itemsOf(fieldsOf(answer)["Warnings"]).map(textOf)) {
      if (warning !== undefined) context.report({ kind: "warning", message: warning });
    }
    await followTasks(engine, id, context, { everyMs, isRollback });
    return { code: 0, error: undefined };
  };
}

async function removeStack(manager: Manager, stack: string, context: RunContext): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.stack.namespace=${stack}`] }));
  for (const kind of STACK_OBJECTS) {
    const path = `/${kind}s?filters=${filters}`;
    const listed = itemsOf(await manager.engine.call({ method: "GET", path }, context.signal)).map(fieldsOf);
    for (const one of listed) {
      const id = textOf(one["ID"]) ?? textOf(one["Id"]) ?? "";
      const name = textOf(fieldsOf(one["Spec"])["Name"]) ?? textOf(one["Name"]) ?? id;
      if (isNodeId(id)) await removeObject(manager, kind, { id, name }, context);
    }
  }
}

async function removeObject(
  { engine, everyMs }: Manager,
  kind: (typeof STACK_OBJECTS)[number],
  { id, name }: { readonly id: string; readonly name: string },
  { signal, report }: RunContext,
): Promise<void> {
  report(stepOf(kind, name, "Removing", "working"));
  for (let left = kind === "network" ? NETWORK_TRIES : 1;; left--) {
    try {
      await engine.call({ method: "DELETE", path: `/${kind}s/${id}` }, signal);
      break;
    } catch (error) {
      if (error instanceof AppError && error.code === "not-found") break;
      if (left <= 1) throw error;
      await pause(everyMs, signal);
      signal.throwIfAborted();
    }
  }
  report(stepOf(kind, name, "Removed", "done"));
}
