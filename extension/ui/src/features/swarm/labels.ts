/** Texts of the page of swarms. */
import type { SwarmService } from "../../../../../server/protocol/swarm/swarm.ts";

/** Texts of the page. */
export const LABELS = {
  title: "Swarm",
  signIn: "Sign in to see swarms.",
  empty: "No swarm",
  emptyHint: "A swarm appears here when one of its managers is a host.",
  simulated: "Simulated hosts form no swarm.",
  notLoaded: (reason: string) => `Could not load the swarm: ${reason}`,
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
  working: "Changing the service…",
} as const;

/** A change of a service or a stack that the page asks to confirm. */
export type ChangeKind = "redeploy" | "scale" | "update" | "rollback" | "remove" | "removeStack";

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
};

/** Returns the running and the wanted number of tasks. */
export function replicasText({ running, wanted }: Pick<SwarmService, "running" | "wanted">): string {
  return `${running} / ${wanted}`;
}
