/** Digests of the images that the containers of a project run. */
import type { Engine } from "../../docker/engine.ts";
import { AppError } from "../../errors.ts";
import { parseReference } from "../../registry/reference.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

const IMAGE_ID = /^sha256:[0-9a-f]{64}$/;

/** A service and its image, as the compose file names it. */
export interface NamedImage {
  readonly name: string;
  readonly image: string | null;
}

/**
 * Returns the digest that each service runs, in the repository of its image. Services without containers, with images
 * of no registry, or with containers of several images are left out; all are left out when the engine does not answer.
 */
export async function runningDigests(
  engine: Pick<Engine, "call"> | undefined,
  project: string,
  services: readonly NamedImage[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  try {
    return engine === undefined ? new Map() : await readDigests(engine, project, services, signal);
  } catch (error) {
    if (error instanceof AppError || signal.aborted) return new Map();
    throw error;
  }
}

async function readDigests(
  engine: Pick<Engine, "call">,
  project: string,
  services: readonly NamedImage[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const images = await imageIds(engine, project, signal);
  const found = new Map<string, string>();
  for (const { name, image } of services) {
    const [id, ...others] = images.get(name) ?? [];
    if (image === null || id === undefined || others.length > 0) continue;
    const inspection = await engine.call({ method: "GET", path: `/images/${id}/json` }, signal);
    const digest = digestFor(image, itemsOf(fieldsOf(inspection)["RepoDigests"]));
    if (digest !== undefined) found.set(name, digest);
  }
  return found;
}

/** Returns the ids of the images of a project's containers, by service. */
async function imageIds(
  engine: Pick<Engine, "call">,
  project: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
  const path = `/containers/json?${new URLSearchParams({ all: "1", filters })}`;
  const found = new Map<string, Set<string>>();
  for (const container of itemsOf(await engine.call({ method: "GET", path }, signal)).map(fieldsOf)) {
    const labels = fieldsOf(container["Labels"]);
    const service = textOf(labels["com.docker.compose.service"]);
    const id = textOf(container["ImageID"]) ?? "";
    const isOther = textOf(labels["com.docker.compose.oneoff"]) === "True";
    if (service === undefined || isOther || !IMAGE_ID.test(id)) continue;
    found.set(service, (found.get(service) ?? new Set()).add(id));
  }
  return found;
}

/** Returns the digest of an image in the repository of a name. */
export function digestFor(image: string, digests: readonly unknown[]): string | undefined {
  const wanted = parseReference(image);
  return digests.map((text) => parseReference(textOf(text) ?? "")).find((found) =>
    found?.registry === wanted?.registry && found?.repository === wanted?.repository
  )?.digest;
}
