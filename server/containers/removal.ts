/** Lists what the removal of a container would delete, and changes nothing. */
import type { Engine } from "../docker/engine.ts";
import type { RemovalPreview } from "../protocol/removal.ts";
import { namelessVolumes, sizesOf } from "../stacks/removal.ts";
import { itemsOf } from "../untrusted_json.ts";
import type { EngineContainer } from "./find.ts";

/** Lists the objects; of its volumes only those without a name that no other container uses. */
export async function previewRemoval(
  { container: { id, name }, engine }: EngineContainer,
  volumes: boolean,
  signal: AbortSignal,
): Promise<RemovalPreview> {
  const names = volumes ? await namelessVolumes(engine, id, signal) : [];
  const unshared: string[] = [];
  for (const volume of names) if (await users(engine, volume, signal) <= 1) unshared.push(volume);
  const sizes = unshared.length === 0 ? new Map<string, number>() : await sizesOf(engine, signal);
  return {
    containers: [name],
    networks: [],
    volumes: unshared.sort().map((volume) => ({ name: volume, bytes: sizes.get(volume) ?? null })),
    files: { deleted: [], kept: [] },
  };
}

/** Counts the containers that use a volume. */
async function users(engine: Engine, volume: string, signal: AbortSignal): Promise<number> {
  const query = new URLSearchParams({ all: "1", filters: JSON.stringify({ volume: [volume] }) });
  return itemsOf(await engine.call({ method: "GET", path: `/containers/json?${query}` }, signal)).length;
}
