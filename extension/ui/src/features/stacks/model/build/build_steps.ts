/** Pure: the steps of builds by the service that is built. */
import type { RunResource } from "../runs.ts";

/** One step of a build. */
export interface BuildStep {
  readonly resource: RunResource;
  /** Its text without the service, such as "2/4 RUN make". */
  readonly title: string;
  /** True for a step of the builder itself, such as loading the Dockerfile. */
  readonly isInternal: boolean;
}

/** The build of one service. */
export interface ServiceBuild {
  /** `undefined` where the steps name no service: BuildKit leaves it out when it builds only one. */
  readonly service: string | undefined;
  readonly steps: readonly BuildStep[];
  /** Number of finished instructions of the Dockerfile, and of all that are known. */
  readonly done: number;
  readonly total: number;
  readonly state: "working" | "done" | "failed" | "unfinished";
  /** Epoch ms. */
  readonly startedAt: number;
  readonly changedAt: number;
}

/** "[web builder 2/4] RUN make": service, stage and position of an instruction, and the instruction. */
const BRACKETS = /^\[([^\]]*)\] ?(.*)$/s;
const POSITION = /^(\d+)\/(\d+)$/;

/**
 * Groups the steps of builds by service, in the order in which they began.
 *
 * @param isRunning False after the end of the operation.
 */
export function buildsOf(
  resources: readonly RunResource[],
  services: readonly string[],
  isRunning: boolean,
): readonly ServiceBuild[] {
  // The builder writes dots in names as underscores.
  const names = new Map(services.map((name) => [name.replaceAll(".", "_"), name]));
  const steps = resources.filter(({ kind }) => kind === "step").map((resource) => toStep(resource, names));
  const groups = Map.groupBy(steps, ({ service }) => service);
  return [...groups].map(([service, all]) => toBuild(service, all, isRunning));
}

interface NamedStep extends BuildStep {
  readonly service: string | undefined;
  /** Stage of the Dockerfile, with the number of its instructions. */
  readonly stage: readonly [name: string, instructions: number] | undefined;
}

function toStep(resource: RunResource, names: ReadonlyMap<string, string>): NamedStep {
  const [, inside, rest = ""] = BRACKETS.exec(resource.name) ?? [];
  if (inside === undefined) {
    return { resource, service: undefined, title: resource.name, isInternal: false, stage: undefined };
  }
  const [first = "", ...others] = inside.split(" ");
  const service = names.get(first);
  const labels = service === undefined ? [first, ...others] : others;
  const [, , instructions] = POSITION.exec(labels.at(-1) ?? "") ?? [];
  return {
    ...{ resource, service, title: [...labels, rest].join(" ").trim() },
    isInternal: labels.at(-1) === "internal" || rest.startsWith("resolving provenance"),
    stage: instructions === undefined ? undefined : [labels.slice(0, -1).join(" "), Number(instructions)],
  };
}

function toBuild(
  service: string | undefined,
  steps: readonly NamedStep[],
  isRunning: boolean,
): ServiceBuild {
  const instructions = steps.filter(({ stage }) => stage !== undefined);
  const stages = new Map(instructions.flatMap(({ stage }) => stage === undefined ? [] : [stage]));
  const done = instructions.filter(({ resource }) => resource.state === "done").length;
  const total = [...stages.values()].reduce((sum, count) => sum + count, 0);
  const state = stateOf(steps);
  return {
    ...{ service, steps, done, total },
    // Between two instructions no step is running.
    state: state === "done" && isRunning && done < total ? "working" : state,
    startedAt: Math.min(...steps.map(({ resource }) => resource.startedAt)),
    changedAt: Math.max(...steps.map(({ resource }) => resource.changedAt)),
  };
}

function stateOf(steps: readonly NamedStep[]): ServiceBuild["state"] {
  const states = new Set(steps.map(({ resource }) => resource.state));
  if (states.has("error") || states.has("failed")) return "failed";
  if (states.has("working")) return "working";
  return states.has("unfinished") ? "unfinished" : "done";
}
