/** Images, volumes, networks and items of a prune with default values, changed as a test needs. */
import type { PruneItem, PruneKind } from "../../../../../server/protocol/resources/prune.ts";
import type {
  Image,
  Network,
  ResourceUser,
  Volume,
} from "../../../../../server/protocol/resources/resources.ts";

const UNUSED = { inUse: false, usedBy: [] };
const CREATED = "2026-08-01T12:00:00.000Z";

/** Creates a container that uses something. */
export function user(name: string): ResourceUser {
  return { id: "c".repeat(64), name, state: "running", project: null, service: null };
}

/** Creates an image. */
export function image(changes: Partial<Image> = {}): Image {
  return {
    ...{ hostId: "Localhost", id: `sha256:${"a".repeat(64)}`, tags: ["nginx:1.29"], digests: [] },
    ...{ created: CREATED, sizeBytes: 3 * 1024 ** 2, uniqueBytes: 1024 ** 2, sizeReason: null },
    dangling: false,
    ...UNUSED,
    ...changes,
  };
}

/** Creates a volume. */
export function volume(changes: Partial<Volume> = {}): Volume {
  return {
    ...{ hostId: "Localhost", name: "data", driver: "local", created: CREATED },
    ...{ sizeBytes: 2048, sizeReason: null, anonymous: false, projects: [] },
    ...UNUSED,
    ...changes,
  };
}

/** Creates a network. */
export function network(changes: Partial<Network> = {}): Network {
  return {
    ...{ hostId: "Localhost", id: "d".repeat(64), name: "shop_default", driver: "bridge", scope: "local" },
    ...{ internal: false, subnets: ["172.18.0.0/16"], created: CREATED, predefined: false, projects: [] },
    ...UNUSED,
    ...changes,
  };
}

/** Creates an item of a prune, whose id is its name. */
export function pruneItem(kind: PruneKind, name: string, changes: Partial<PruneItem> = {}): PruneItem {
  return { kind, id: name, name, created: CREATED, bytes: null, projects: [], note: null, ...changes };
}
