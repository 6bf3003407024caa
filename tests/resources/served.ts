/** A server with a fake engine that has resources, and requests to it. */
import type { Config } from "../../server/config/config.ts";
import type { PruneItem, PruneRequest } from "../../server/protocol/resources/prune.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { ResourceEngine } from "../fakes/resources/resource_engine.ts";
import { type Answer, type ServedStacks, serveStacks } from "../stacks/client.ts";

/** A running server with one engine. */
export interface ServedResources extends ServedStacks {
  readonly resources: ResourceEngine;
  /** Requests a prune of the only host. */
  readonly prune: (request: Partial<PruneRequest>, query?: string) => Promise<Answer>;
}

/** Starts a server. */
export async function serveResources(changes: Partial<Config> = {}): Promise<ServedResources> {
  const resources = new ResourceEngine(fakeContainer("web"));
  const it = await serveStacks({ engine: resources, changes });
  const prune = (request: Partial<PruneRequest>, query = "?wait=1") =>
    it.call("POST", `/prune${query}`, { hostId: "Localhost", ...request });
  return { ...it, resources, prune };
}

/** Names the items of a list. */
export function namesOf(items: readonly PruneItem[]): string[] {
  return items.map(({ kind, name }) => `${kind} ${name}`);
}
