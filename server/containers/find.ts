/** Finds the container that a path names. The text of a path never becomes a part of an engine's path. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { Feed } from "../stats/feed.ts";

/** A container and its engine. */
export interface EngineContainer {
  readonly hostId: string;
  readonly container: Container;
  readonly engine: Engine;
}

/** The start of an id, long enough to be unlike a name. */
const ID_PREFIX = /^[0-9a-f]{12,64}$/;

/**
 * Finds a container by its id, its name, or at least 12 digits of its id.
 *
 * @throws {AppError} "not-found" for an unknown host or container, "engine-unreachable" while the host cannot be read.
 */
export function findContainer(
  feed: Pick<Feed, "hostIds" | "containers" | "engine">,
  hostId: string,
  text: string,
): EngineContainer {
  const engine = feed.hostIds.includes(hostId) ? feed.engine(hostId) : undefined;
  if (engine === undefined) throw new AppError("not-found", `There is no host "${shortened(hostId)}"`);
  const known = feed.containers(hostId);
  if (known === undefined) {
    throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
  }
  return { hostId, container: matching(known, hostId, text), engine };
}

function matching(known: readonly Container[], hostId: string, text: string): Container {
  const exact = known.find(({ id }) => id === text) ?? known.find(({ name }) => name === text);
  if (exact !== undefined) return exact;
  const [one, ...others] = ID_PREFIX.test(text) ? known.filter(({ id }) => id.startsWith(text)) : [];
  if (one !== undefined && others.length === 0) return one;
  const why = one === undefined
    ? `There is no container "${shortened(text)}" on host "${hostId}"`
    : `Several containers on host "${hostId}" have ids that start with "${text}"`;
  throw new AppError("not-found", `${why}: expected a name, an id, or at least 12 digits of one`);
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
