/** Texts about services and their containers. */
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import type { Tone } from "./labels.ts";
import { type ServiceState, serviceState } from "./stack_list.ts";

/** Texts of the table of services. */
export const SERVICE_LABELS = {
  title: "Services",
  service: "Service",
  state: "State",
  ports: "Ports",
  cpu: "CPU",
  memory: "Memory",
  uptime: "Uptime",
  actions: "Actions",
  notRunning: "Not running",
  sums: (cpu: string, memory: string) => `CPU ${cpu} of one core · memory ${memory}`,
  log: "Log of all services",
  logLink: "Log",
  logOf: (service: string) => `Log of ${service}`,
  action: (command: string, service: string) => `${command} ${service}`,
  menu: (service: string) => `More actions for ${service}`,
  unknown: "Unknown",
  restarts: (count: number) => count === 1 ? "1 restart" : `${count} restarts`,
  none: "This project has no services",
  containers: (count: number) => `${count} containers`,
  containersOf: (service: string, count: number) => `${count} containers of ${service}`,
  linkDescription: (container: string) => `${container}: statistics and output`,
} as const;

/** Tones of the states of a service. */
export const SERVICE_TONES: Readonly<Record<ServiceState, Tone>> = {
  running: "good",
  starting: "busy",
  completed: "quiet",
  failed: "bad",
  paused: "doubtful",
  incomplete: "bad",
  stopped: "quiet",
  created: "quiet",
  missing: "quiet",
  off: "quiet",
};

/** Returns the label of a service, such as "Running, healthy", "Exited with code 3", or "Off" if none is wanted. */
export function serviceLabel({ wanted, ...shown }: StackService): string {
  return shown.state === null && wanted === 0 ? "Off" : containerLabel(shown);
}

/** Returns the label of one container in the same words. */
export function containerLabel(
  { state, health, exitCode }: Pick<StackService, "state" | "health" | "exitCode">,
): string {
  if (state === null) return "Not created";
  const word = state.charAt(0).toUpperCase() + state.slice(1);
  if (state === "exited" && exitCode !== null) {
    return exitCode === 0 ? "Completed" : `${word} with code ${exitCode}`;
  }
  return state === "running" && health !== null
    ? `${word}, ${health === "starting" ? "checking health" : health}`
    : word;
}

/** Labels of the states of services, in the order in which they are counted. */
const COUNT_LABELS = {
  running: "running",
  starting: "starting",
  completed: "completed",
  failed: "failed",
  incomplete: "incomplete",
  paused: "paused",
  stopped: "stopped",
  created: "created",
  missing: "not created",
  off: "off",
} as const satisfies Readonly<Record<ServiceState, string>>;

/** Returns the number of services per state, such as "2 running, 1 failed". */
export function countServices({ services, status }: Pick<Stack, "services" | "status">): string {
  const states = services.map((service) => serviceState(service, status));
  const counts = Object.entries(COUNT_LABELS).flatMap(([state, label]) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${label}`];
  });
  return counts.join(", ") || "None";
}

/** Returns the number of running containers of a service, such as "1 of 3". */
export function replicasLabel({ replicas, wanted }: Pick<StackService, "replicas" | "wanted">): string {
  return `${replicas} of ${wanted}`;
}
