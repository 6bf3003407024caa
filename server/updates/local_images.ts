/** The images that the containers of a host run. */
import type { Engine } from "../docker/engine.ts";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import { Semaphore } from "../semaphore.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { parseReference } from "../registry/reference.ts";
import { inspectedImage, type LocalImage } from "./compare.ts";
import { type FindManaged, type ManagedService, returnable } from "./managed_services.ts";

/** Number of inspections at a time. */
const PARALLEL = 4;
const IMAGE_ID = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads the images of a host's containers.
 *
 * @throws {AppError} "engine-refused" or "engine-unreachable".
 */
export async function localImages(
  hostId: string,
  engine: Pick<Engine, "call">,
  known: readonly Container[],
  managed: FindManaged,
  signal: AbortSignal,
): Promise<LocalImage[]> {
  const imageIds = await imageIdsOf(engine, signal);
  const slots = new Semaphore(PARALLEL);
  const find = ({ project, service }: Container) => managed(hostId, project, service);
  const containers = await Promise.all(
    known.map((container) => withName(engine, withoutPin(container, find(container)), slots, signal)),
  );
  const groups = Map.groupBy(containers, ({ id, image }) => `${imageIds.get(id)} ${image}`);
  const inspections = new Map<string, Promise<unknown>>();
  const found = [...groups.values()].map(async (containers): Promise<LocalImage[]> => {
    const imageId = imageIds.get(containers[0]!.id);
    if (imageId === undefined) return [];
    const inspection = inspections.get(imageId) ?? inspect(engine, `/images/${imageId}/json`, slots, signal);
    inspections.set(imageId, inspection);
    const inspected = inspectedImage(await inspection);
    return [{
      hostId,
      image: containers[0]!.image,
      ...inspected,
      containers: containers.map((one) => described(one, find(one))),
    }];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Returns the container with the name that its image had when it was created. The engine lists an id instead once the
 * tag names another image, which is what an update leaves behind until the container is recreated.
 */
async function withName(
  engine: Pick<Engine, "call">,
  container: Container,
  slots: Semaphore,
  signal: AbortSignal,
): Promise<Container> {
  if (parseReference(container.image) !== undefined) return container;
  const inspection = await inspect(engine, `/containers/${container.id}/json`, slots, signal);
  const image = textOf(fieldsOf(fieldsOf(inspection)["Config"])["Image"]);
  return image === undefined ? container : { ...container, image };
}

/** A service that returned to an earlier image is pinned to its digest; its compose file still names the tag. */
function withoutPin(container: Container, managed: ManagedService | undefined): Container {
  const [newest] = managed?.updates ?? [];
  const isPinned = newest !== undefined && newest.state === "returned" && newest.image === managed?.image &&
    isSameRepository(container.image, newest.image);
  return isPinned ? { ...container, image: newest.image } : container;
}

/** Engines list a pinned image with or without its digest. */
function isSameRepository(one: string, other: string): boolean {
  const [first, second] = [parseReference(one), parseReference(other)];
  return first !== undefined && first.registry === second?.registry && first.repository === second.repository;
}

function described({ id, name, project, service }: Container, managed: ManagedService | undefined) {
  const newest = managed?.updates[0];
  return {
    ...{ id, name, project, service },
    stackId: managed?.stackId ?? null,
    policy: managed?.policy ?? null,
    previousDigest: managed && returnable(managed)?.before || null,
    undone: newest?.state === "returned" ? newest.reason : null,
  };
}

/** Returns the ids of the images that the containers were created from. */
async function imageIdsOf(engine: Pick<Engine, "call">, signal: AbortSignal): Promise<Map<string, string>> {
  const listed = itemsOf(await engine.call({ method: "GET", path: "/containers/json?all=1" }, signal));
  return new Map(listed.flatMap((item) => {
    const { Id, ImageID } = fieldsOf(item);
    const [id, imageId] = [textOf(Id), textOf(ImageID)];
    return id === undefined || imageId === undefined || !IMAGE_ID.test(imageId) ? [] : [[id, imageId]];
  }));
}

/** Inspects an image or a container; `undefined` if it is gone, as the image of an old container may be. */
async function inspect(
  engine: Pick<Engine, "call">,
  path: string,
  slots: Semaphore,
  signal: AbortSignal,
): Promise<unknown> {
  using _slot = await slots.acquire(signal);
  try {
    return await engine.call({ method: "GET", path }, signal);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return undefined;
    throw error;
  }
}
