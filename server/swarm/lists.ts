/** Pure: converts what a manager lists. */
import type { SwarmNode, SwarmService, SwarmStack, SwarmTask } from "../protocol/swarm/swarm.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { isNodeId } from "./node_engine.ts";

/** One object of a manager, unchecked. */
type Fields = Readonly<Record<string, unknown>>;

/** Largest number of listed tasks. */
const MOST_TASKS = 5000;
/** Longest text of a manager that is repeated, characters. */
const LONGEST_TEXT = 500;

/** Label of the stack of a service. */
const STACK = "com.docker.stack.namespace";

/** Converts the list of nodes; entries without a valid id are left out. */
export function toNodes(listed: unknown): SwarmNode[] {
  return valid(listed).map((node) => {
    const [spec, description] = [fieldsOf(node["Spec"]), fieldsOf(node["Description"])];
    const [status, manager] = [fieldsOf(node["Status"]), fieldsOf(node["ManagerStatus"])];
    const resources = fieldsOf(description["Resources"]);
    const nanoCpus = countOf(resources["NanoCPUs"]);
    return {
      id: idOf(node),
      name: short(description["Hostname"]),
      role: short(spec["Role"]),
      leader: manager["Leader"] === true,
      availability: short(spec["Availability"]),
      state: short(status["State"]),
      address: textOf(status["Addr"]) ?? null,
      engine: textOf(fieldsOf(description["Engine"])["EngineVersion"]) ?? null,
      cpus: nanoCpus === undefined ? null : nanoCpus / 1e9,
      memoryBytes: countOf(resources["MemoryBytes"]) ?? null,
    };
  }).sort(byName);
}

/** Converts the list of services with their tasks. */
export function toServices(listed: unknown, tasks: readonly SwarmTask[]): SwarmService[] {
  const byService = Map.groupBy(tasks, ({ serviceId }) => serviceId);
  return valid(listed).map((service) => {
    const spec = fieldsOf(service["Spec"]);
    const own = (byService.get(idOf(service)) ?? []).filter(({ wanted }) => wanted === "running");
    const update = fieldsOf(service["UpdateStatus"]);
    const mode = modeOf(spec);
    return {
      id: idOf(service),
      name: short(spec["Name"]),
      stack: textOf(fieldsOf(spec["Labels"])[STACK]) || null,
      image: imageOf(spec),
      mode,
      running: own.filter(({ state }) => state === "running").length,
      wanted: mode === "replicated" ? replicasOf(spec) : own.length,
      update: textOf(update["State"])
        ? { state: short(update["State"]), message: short(update["Message"]) }
        : null,
      canRollBack: Object.keys(fieldsOf(service["PreviousSpec"])).length > 0,
    };
  }).sort(byName);
}

/** Converts the list of tasks, newest first within a service. */
export function toTasks(listed: unknown, services: unknown): SwarmTask[] {
  const names = new Map(valid(services).map((service) => [idOf(service), fieldsOf(service["Spec"])["Name"]]));
  const created = (task: Fields) => textOf(task["CreatedAt"]) ?? "";
  return valid(listed).sort((one, other) => created(one) < created(other) ? 1 : -1)
    .slice(0, MOST_TASKS).map((task) => toTask(task, names));
}

function toTask(task: Fields, names: ReadonlyMap<string, unknown>): SwarmTask {
  const status = fieldsOf(task["Status"]);
  const serviceId = textOf(task["ServiceID"]) ?? "";
  const nodeId = textOf(task["NodeID"]) || null;
  return {
    id: idOf(task),
    serviceId,
    name: `${short(names.get(serviceId))}.${countOf(task["Slot"]) || nodeId || ""}`,
    nodeId,
    state: short(status["State"]),
    wanted: short(task["DesiredState"]),
    since: textOf(status["Timestamp"]) ?? null,
    error: textOf(status["Err"])?.slice(0, LONGEST_TEXT) || null,
    containerId: textOf(fieldsOf(status["ContainerStatus"])["ContainerID"]) || null,
    hostId: null,
  };
}

/**
 * Returns the stacks of services.
 *
 * @param managed Names of the stacks whose texts are kept, which are listed without services too.
 */
export function toStacks(services: readonly SwarmService[], managed: readonly string[]): SwarmStack[] {
  const stacks = new Map(managed.map((name) => [name, emptyStack(name, true)]));
  for (const { stack, running, wanted } of services) {
    if (stack === null) continue;
    const known = stacks.get(stack) ?? emptyStack(stack, false);
    stacks.set(stack, {
      ...known,
      services: known.services + 1,
      running: known.running + running,
      wanted: known.wanted + wanted,
    });
  }
  return [...stacks.values()].sort(byName);
}

function emptyStack(name: string, managed: boolean): SwarmStack {
  return { name, services: 0, running: 0, wanted: 0, managed };
}

/** Returns the mode of a service. */
function modeOf(spec: Fields): string {
  const mode = fieldsOf(spec["Mode"]);
  if ("Replicated" in mode) return "replicated";
  if ("Global" in mode) return "global";
  return "ReplicatedJob" in mode ? "replicated-job" : "GlobalJob" in mode ? "global-job" : "unknown";
}

function replicasOf(spec: Fields): number {
  return countOf(fieldsOf(fieldsOf(spec["Mode"])["Replicated"])["Replicas"]) ?? 0;
}

/** The digest behind the tag is left out. */
function imageOf(spec: Fields): string {
  const container = fieldsOf(fieldsOf(spec["TaskTemplate"])["ContainerSpec"]);
  return short(container["Image"]).replace(/@sha256:[0-9a-f]{64}$/, "");
}

function valid(listed: unknown): Fields[] {
  return itemsOf(listed).map(fieldsOf).filter((one) => isNodeId(idOf(one)));
}

function idOf(one: Fields): string {
  return textOf(one["ID"]) ?? "";
}

function short(value: unknown): string {
  return (textOf(value) ?? "").slice(0, LONGEST_TEXT);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
