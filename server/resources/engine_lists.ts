/** Reads the lists of an engine: containers in every state, images, volumes and networks. */
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { ListedKind } from "../protocol/resources/resources.ts";
import { fieldsOf } from "../untrusted_json.ts";

/** One entry of a list, unchecked. */
export type Fields = Readonly<Record<string, unknown>>;

const PATHS: Readonly<Record<ListedKind, string>> = {
  image: "/images/json",
  volume: "/volumes",
  network: "/networks",
};

/**
 * Lists all containers, running or not, as the engine knows them now.
 *
 * @throws {AppError} "engine-refused" for anything but a list: nothing would appear to be in use.
 */
export async function listContainers(engine: Engine, signal: AbortSignal): Promise<readonly Fields[]> {
  return entries(await engine.call({ method: "GET", path: "/containers/json?all=1" }, signal), "containers");
}

/** Lists the images, volumes or networks. */
export async function listKind(
  engine: Engine,
  kind: ListedKind,
  signal: AbortSignal,
): Promise<readonly Fields[]> {
  const answer = await engine.call({ method: "GET", path: PATHS[kind] }, signal);
  // The list of volumes is null on an engine without any.
  return entries(kind === "volume" ? fieldsOf(answer)["Volumes"] ?? [] : answer, `${kind}s`);
}

function entries(answer: unknown, what: string): readonly Fields[] {
  if (Array.isArray(answer)) return answer.map(fieldsOf);
  throw new AppError("engine-refused", `the answer to the request for the ${what} is not a list`);
}
