/** Explains failed operations: the cause, its place in the compose file, the container that is involved, and what helps. */
import type { Container } from "../../docker/container.ts";
import type { Failure, Operation } from "../../protocol/operations.ts";
import type { StoredService } from "../../store/stack_record.ts";
import { containerPorts } from "../validate/container_ports.ts";
import { locateIssues } from "../validate/issues.ts";
import { type Cause, recognizeFailure } from "./recognize.ts";
import { causeText, remedyText } from "./texts.ts";

/** The surroundings of an operation. */
export interface FailureContext {
  /** Stored compose text; `undefined` for a project that DockStat did not create. */
  readonly compose: string | undefined;
  readonly services: readonly StoredService[];
  /** Containers of the host; empty while it cannot be read. */
  readonly containers: readonly Container[];
}

/** Explains an operation; `undefined` unless it has failed. */
export async function explainFailure(
  { state, error, project, hostId }: Operation,
  context: FailureContext,
): Promise<Failure | undefined> {
  if (state !== "failed" || error === null) return undefined;
  const cause = recognizeFailure(error);
  const involved = involvedContainer(cause, project, context.containers);
  const service = serviceOf(cause, error, project, context);
  const [place] = await placeOf(cause, service, context);
  return {
    kind: cause.kind,
    cause: causeText(cause, involved),
    remedy: remedyText(cause, involved),
    service: service ?? null,
    line: place?.line ?? null,
    container: involved === undefined
      ? null
      : { hostId, id: involved.id, name: involved.name, project: involved.project },
    log: cause.kind === "unhealthy" ? involved?.healthOutput ?? null : null,
  };
}

/** The container that holds what the project wants, or the one that failed. */
function involvedContainer(
  { kind, subject, address = "" }: Cause,
  project: string | null,
  containers: readonly Container[],
): Container | undefined {
  switch (kind) {
    case "port-in-use":
      return containers.find((container) =>
        containerPorts(container).some((port) =>
          port.public === Number(subject) && overlaps(port.hostAddress, address)
        )
      );
    case "name-in-use":
    case "unhealthy":
      return containers.find(({ name }) => name === subject);
    case "failed-dependency":
      return containers.find((container) => container.project === project && container.service === subject);
    default:
      return undefined;
  }
}

function overlaps(one: string, other: string): boolean {
  const all = ["", "0.0.0.0", "::"];
  return one === other || all.includes(one) || all.includes(other);
}

/** The service that failed; for a port, the engine names the endpoint of its container. */
function serviceOf(
  { kind, subject }: Cause,
  error: string,
  project: string | null,
  { services, containers }: FailureContext,
): string | undefined {
  if (kind === "failed-dependency") return subject;
  if (kind === "name-in-use") return services.find(({ containerName }) => containerName === subject)?.name;
  if (kind === "build-failed") return builtService(error, services);
  if (kind === "image-not-found" || kind === "authentication" || kind === "registry-unreachable") {
    return services.find(({ image }) => image !== null && subject !== "" && image.startsWith(subject))?.name;
  }
  const name = kind === "unhealthy" ? subject : /on endpoint (\S{1,200}) \(/.exec(error)?.[1];
  const own = containers.find((container) => container.name === name && container.project === project);
  return own?.service ?? services.find((service) => `${project}-${service.name}-1` === name)?.name;
}

/** The builder names its target only when it builds several. */
function builtService(error: string, services: readonly StoredService[]): string | undefined {
  const built = services.filter(({ builds }) => builds);
  const target = /\btarget (\S{1,200}): failed to solve/.exec(error)?.[1];
  return (built.length === 1 ? built[0] : built.find(({ name }) => name.replaceAll(".", "_") === target))
    ?.name;
}

/** Keys of a service that causes are about. */
const KEYS: Partial<Record<Cause["kind"], string>> = {
  "port-in-use": "ports",
  "image-not-found": "image",
  "registry-unreachable": "image",
  authentication: "image",
  unhealthy: "healthcheck",
  "name-in-use": "container_name",
  "build-failed": "build",
};

async function placeOf({ kind }: Cause, service: string | undefined, { compose }: FailureContext) {
  if (compose === undefined || service === undefined) return [];
  const key = KEYS[kind];
  const keys = ["services", service, ...key === undefined ? [] : [key]];
  return await locateIssues(compose, [{ keys, message: "" }]);
}
