/** Changes that the first deployment of an adopted project would make. */
import type { Container } from "../../docker/container.ts";
import type { Engine } from "../../docker/engine.ts";
import { AppError } from "../../errors.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";
import { containerChanges } from "../validate/container_changes.ts";
import type { Resolved } from "../validate/resolve.ts";

/** A service that a deployment would change. */
export interface ServiceChange {
  readonly service: string;
  readonly message: string;
}

/** A project that is adopted. */
export interface AdoptedProject {
  readonly project: string;
  readonly containers: readonly Container[];
  readonly engine: Engine | undefined;
}

/** Longest wait for the answers of the engine, ms. */
const PATIENCE_MS = 10_000;

/** Compares the services of a project with its containers, one by one. */
export async function changesOfDeployment(
  resolved: Resolved,
  { project, containers, engine }: AdoptedProject,
): Promise<ServiceChange[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const own = containers.filter(({ oneOff }) => !oneOff);
  const changes = await Promise.all(resolved.services.map(async ({ name, wanted }) => {
    const found = own.filter(({ service }) => service === name);
    const messages = found.length === wanted
      ? await differences(resolved, project, name, found[0], engine, signal)
      : [`it has ${counted(found.length)} now, and would have ${wanted}`];
    return messages.map((message) => ({ service: name, message }));
  }));
  const names = new Set(resolved.services.map(({ name }) => name));
  const others = new Set(
    own.flatMap(({ service }) => service !== null && !names.has(service) ? [service] : []),
  );
  return [
    ...changes.flat(),
    ...[...others].map((service) => ({
      service,
      message: resolved.every.includes(service)
        ? "its profile is off: a deployment does not change it"
        : "the compose file does not have it: a deployment would remove its container",
    })),
  ].sort((one, other) => one.service < other.service ? -1 : 1);
}

function counted(count: number): string {
  return count === 1 ? "1 container" : `${count} containers`;
}

async function differences(
  { config, volumes }: Resolved,
  project: string,
  name: string,
  container: Container | undefined,
  engine: Engine | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  if (container === undefined) return [];
  if (config[name]?.["build"] !== undefined) {
    return ["cannot tell whether its image would be built differently"];
  }
  const found = await inspectedChanges({ config, volumes, project }, name, container, engine, signal);
  if (typeof found === "string") return [`cannot tell what a deployment would change: ${found}`];
  return found.length === 0 ? [] : [`a deployment would recreate its container: ${found.join(", ")}`];
}

/** Compares a service with the inspection of its container; returns a text where that is not possible. */
export async function inspectedChanges(
  { config, volumes, project }: Pick<Resolved, "config" | "volumes"> & { readonly project: string },
  name: string,
  container: { readonly id: string } | undefined,
  engine: Engine | undefined,
  signal: AbortSignal,
): Promise<readonly string[] | string> {
  if (container === undefined) return [];
  try {
    if (engine === undefined) throw new AppError("engine-unreachable", "the engine cannot be read");
    const get = (path: string) => engine.call({ method: "GET", path }, signal);
    const inspection = fieldsOf(await get(`/containers/${container.id}/json`));
    const image = await imageOf(textOf(inspection["Image"]), get);
    return containerChanges({ service: config[name] ?? {}, project, volumes, inspection, image });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.message;
  }
}

/** An image may be gone while its containers run. */
async function imageOf(id: string | undefined, get: (path: string) => Promise<unknown>) {
  if (id === undefined) return undefined;
  try {
    return fieldsOf(await get(`/images/${encodeURIComponent(id)}/json`));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
