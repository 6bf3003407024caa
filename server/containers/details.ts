/** Pure: the details of a container, from an inspection. Values of the wrong type count as absent. */
import { type Container, statusText, withInspection } from "../docker/container.ts";
import type { HostResources } from "../docker/run_facts.ts";
import type { ContainerDetails } from "../protocol/containers.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import {
  exitCodeOf,
  flagOf,
  healthOf,
  mountsOf,
  networksOf,
  portsOf,
  someText,
  textsOf,
  timeOf,
  wholeNumber,
} from "./details_parts.ts";
import { toVariables } from "./environment.ts";
import { limitsOf, restartPolicyOf } from "./limits.ts";
import { runOptionsOf } from "./run_options.ts";

/** Facts about a container that its inspection does not have. */
export interface DetailsContext {
  readonly hostId: string;
  readonly container: Container;
  readonly host: HostResources;
  readonly stackId: number | null;
  /** Now by the engine's clock, epoch ms. */
  readonly now: number;
  /** True to return the values of variables that look like secrets. */
  readonly showSecrets: boolean;
}

/**
 * Converts the engine's answers.
 *
 * @param image The answer of `GET /images/{id}/json`; `undefined` if it is unknown.
 */
export function toDetails(inspection: unknown, image: unknown, context: DetailsContext): ContainerDetails {
  const { container: listed, hostId, host, stackId } = context;
  const { HostConfig } = fieldsOf(inspection);
  const container = withInspection(listed, fieldsOf(inspection));
  const { id, name, project, service, number } = container;
  return {
    id,
    name,
    hostId,
    ...imageOf(inspection, image),
    ...stateOf(inspection),
    status: statusText(container, context.now),
    restartPolicy: restartPolicyOf(HostConfig),
    ports: portsOf(inspection),
    mounts: mountsOf(inspection),
    networks: networksOf(inspection),
    limits: limitsOf(HostConfig, host),
    ...configOf(inspection, context.showSecrets),
    project,
    service,
    number: wholeNumber(number),
    stack_id: stackId,
    ...confinementOf(HostConfig),
    options: runOptionsOf(inspection),
  };
}

function imageOf(inspection: unknown, image: unknown) {
  const { Image, Created, Config } = fieldsOf(inspection);
  const name = someText(fieldsOf(Config)["Image"]);
  return {
    image: name,
    imageId: someText(Image),
    imageDigest: digestOf(name, image),
    created: timeOf(Created),
  };
}

/** Returns the digest in the repository that the container's image is named after, or else in another one. */
function digestOf(name: string | null, image: unknown): string | null {
  const digests = itemsOf(fieldsOf(image)["RepoDigests"]).map(textOf).filter((text) => text !== undefined);
  const repository = name?.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return digests.find((digest) => digest.startsWith(`${repository}@`)) ?? digests[0] ?? null;
}

/** States of containers whose run has no end yet. */
const ENDLESS: ReadonlySet<unknown> = new Set(["created", "running", "paused"]);

function stateOf(inspection: unknown) {
  const { State, RestartCount } = fieldsOf(inspection);
  const { Status, ExitCode, OOMKilled, StartedAt, FinishedAt } = fieldsOf(State);
  return {
    state: someText(Status),
    // An engine reports 0 for a container that runs or was never started.
    exitCode: ENDLESS.has(Status) ? null : exitCodeOf(ExitCode),
    oomKilled: flagOf(OOMKilled),
    startedAt: timeOf(StartedAt),
    finishedAt: timeOf(FinishedAt),
    restartCount: wholeNumber(RestartCount),
    health: healthOf(State),
  };
}

function configOf(inspection: unknown, showSecrets: boolean) {
  const { Cmd, Entrypoint, WorkingDir, User, Labels, Env } = fieldsOf(fieldsOf(inspection)["Config"]);
  const labels = Object.entries(fieldsOf(Labels)).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : []
  );
  return {
    command: textsOf(Cmd),
    entrypoint: textsOf(Entrypoint),
    workingDir: someText(WorkingDir),
    user: someText(User),
    labels: Object.fromEntries(labels),
    env: toVariables(Env, showSecrets),
  };
}

function confinementOf(hostConfig: unknown) {
  const { NetworkMode, Privileged, CapAdd, CapDrop, ReadonlyRootfs, LogConfig } = fieldsOf(hostConfig);
  return {
    networkMode: someText(NetworkMode),
    privileged: flagOf(Privileged),
    capAdd: textsOf(CapAdd),
    capDrop: textsOf(CapDrop),
    readOnlyRootfs: flagOf(ReadonlyRootfs),
    logDriver: someText(fieldsOf(LogConfig)["Type"]),
  };
}
