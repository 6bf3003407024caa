/** Texts of the page of swarms. */
import type { Operation } from "../../../../../server/protocol/operations.ts";
import type { Availability, SwarmNode, SwarmService } from "../../../../../server/protocol/swarm/swarm.ts";

/** Texts of the page. */
export const LABELS = {
  title: "Swarm",
  signIn: "Sign in to see swarms.",
  empty: "No swarm",
  emptyHint: "A swarm appears here when one of its managers is a host.",
  simulated: "Simulated hosts form no swarm.",
  notLoaded: (reason: string) => `Cannot load the swarm: ${reason}`,
  nodes: "Nodes",
  services: "Services",
  tasks: "Tasks",
  node: "Node",
  role: "Role",
  state: "State",
  availability: "Availability",
  address: "Address",
  engine: "Engine",
  update: "Update",
  rollBack: "Roll back",
  scale: "Scale",
  remove: "Remove",
  removeStack: "Remove stack",
  newStack: "New stack",
  edit: "Edit",
  redeploy: "Redeploy",
  notDeployed: "Not deployed",
  leader: "leader",
  noEarlier: "The service has no earlier definition.",
  notScalable: "Only replicated services can be scaled.",
  busy: "Another change is running.",
  done: "Change completed.",
  working: "Starting the change…",
  activity: "Activity",
  through: (hostId: string) => `through ${hostId}`,
  changing: (doing: string) => `${doing} is running.`,
  menuOf: (node: string) => `Actions for node ${node}`,
} as const;

/** A change of a service, a stack or a node that the page asks to confirm. */
export type ChangeKind =
  | ("redeploy" | "scale" | "update" | "rollback" | "remove" | "removeStack")
  | Availability;

/** Texts of the dialog of each change. */
export const CHANGES: Readonly<
  Record<
    ChangeKind,
    { readonly title: (name: string) => string; readonly text: string; readonly action: string }
  >
> = {
  redeploy: {
    title: (name) => `Redeploy “${name}”?`,
    text: "The stored texts are deployed again. Tasks whose definition has changed are replaced.",
    action: "Redeploy",
  },
  scale: { title: (name) => `Scale “${name}”?`, text: "Tasks are started or stopped.", action: "Scale" },
  update: {
    title: (name) => `Update “${name}”?`,
    text: "Every task is replaced, in the order that the service defines.",
    action: "Update",
  },
  rollback: {
    title: (name) => `Roll back “${name}”?`,
    text: "The service returns to its earlier definition.",
    action: "Roll back",
  },
  remove: { title: (name) => `Remove “${name}”?`, text: "All its tasks are stopped.", action: "Remove" },
  removeStack: {
    title: (name) => `Remove stack “${name}”?`,
    text: "Its services, secrets, configs and networks are removed. Volumes stay.",
    action: "Remove",
  },
  drain: {
    title: (name) => `Drain node “${name}”?`,
    text: "Its tasks are stopped, and start on other nodes. Containers outside the swarm stay.",
    action: "Drain",
  },
  pause: {
    title: (name) => `Pause node “${name}”?`,
    text: "It receives no new tasks. Running ones stay.",
    action: "Pause",
  },
  active: {
    title: (name) => `Activate node “${name}”?`,
    text: "It receives new tasks again. Running ones stay where they are.",
    action: "Activate",
  },
};

/** Changes that stop tasks. */
export const STOPPING: ReadonlySet<ChangeKind> = new Set(["remove", "removeStack", "drain"]);

/** Returns what an operation does, such as "Deploying shop". */
export function doingText({ action, target: { name } }: Pick<Operation, "action" | "target">): string {
  return `${action.charAt(0).toUpperCase()}${action.slice(1)} ${name}`;
}

/** Returns the name of a node; machines may have the same name, so the start of the node's id follows. */
export function nodeName({ name, id }: Pick<SwarmNode, "name" | "id">): string {
  return `${name} (${id.slice(0, 5)})`;
}

/** Returns the running and the wanted number of tasks. */
export function replicasText({ running, wanted }: Pick<SwarmService, "running" | "wanted">): string {
  return `${running} / ${wanted}`;
}
