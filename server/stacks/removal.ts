/** Lists what the removal of a stack or project would delete, and changes nothing. */
import { checkProjectName } from "../compose/project_name.ts";
import type { Engine } from "../docker/engine.ts";
import { isOfProject } from "../docker/text/membership.ts";
import { AppError } from "../errors.ts";
import type { RemovalPreview } from "../protocol/removal.ts";
import { releasedPaths, removalPaths } from "../store/removal_paths.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { StackParts } from "./parts.ts";
import type { Stacks } from "./stacks.ts";

/** Options of a removal. */
export interface RemovalOptions {
  readonly volumes: boolean;
  /** Deletes only the record of the stack. */
  readonly keep: boolean;
}

type Volumes = RemovalPreview["volumes"];

/** Longest wait for an answer of the engine, ms; sizes of volumes are measured on demand. */
const PATIENCE_MS = 20_000;
const NOTHING = { containers: [], networks: [], volumes: [] };

/** Previews of removals. */
export class Removal {
  constructor(readonly stacks: Stacks, readonly parts: Pick<StackParts, "store" | "feed" | "hosts">) {}

  /**
   * Lists what the removal of a stack would delete.
   *
   * @throws {AppError} "not-found", "engine-unreachable".
   */
  async preview(stackId: number, { volumes, keep }: RemovalOptions): Promise<RemovalPreview> {
    const { hostId, name } = this.stacks.record(stackId);
    const { store } = this.parts;
    if (keep) return { ...NOTHING, files: { deleted: [], kept: await releasedPaths(store, stackId) } };
    return { ...await this.#objects(hostId, name, volumes), files: await removalPaths(store, stackId) };
  }

  /**
   * Lists what the removal of a project, or of the stack that it belongs to, would delete.
   *
   * @throws {AppError} "not-found", "invalid" for a name that Compose cannot have given, "engine-unreachable".
   */
  async previewProject(hostId: string, project: string, volumes: boolean): Promise<RemovalPreview> {
    const { store, feed, hosts } = this.parts;
    if (!hosts.has(hostId)) throw new AppError("not-found", `There is no host "${hostId}"`);
    checkProjectName(project);
    const stack = store.named(hostId, project);
    if (stack !== undefined) return await this.preview(stack.stackId, { volumes, keep: false });
    const known = feed.containers(hostId);
    if (known?.some((container) => isOfProject(container, project)) === false) {
      throw new AppError("not-found", `There is no project "${project}" on host "${hostId}"`);
    }
    return { ...await this.#objects(hostId, project, volumes), files: { deleted: [], kept: [] } };
  }

  async #objects(hostId: string, project: string, volumes: boolean) {
    const engine = this.parts.feed.engine(hostId);
    if (engine === undefined) throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const containers = (await engine.list(signal)).filter((container) => isOfProject(container, project));
    return {
      containers: containers.map(({ name }) => name).sort(),
      networks: await networksOf(engine, project, signal),
      volumes: volumes ? await volumesOf(engine, project, containers.map(({ id }) => id), signal) : [],
    };
  }
}

function filterOf(project: string): string {
  const filters = { label: [`com.docker.compose.project=${project}`] };
  return encodeURIComponent(JSON.stringify(filters));
}

async function networksOf(engine: Engine, project: string, signal: AbortSignal): Promise<string[]> {
  const path = `/networks?filters=${filterOf(project)}`;
  const found = itemsOf(await engine.call({ method: "GET", path }, signal));
  return found.flatMap((network) => textOf(fieldsOf(network)["Name"]) ?? []).sort();
}

/** Volumes with the project's label, and those without a name that its containers use. */
async function volumesOf(
  engine: Engine,
  project: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Volumes> {
  const path = `/volumes?filters=${filterOf(project)}`;
  const named = itemsOf(fieldsOf(await engine.call({ method: "GET", path }, signal))["Volumes"]);
  const nameless = await Promise.all(ids.map((id) => namelessVolumes(engine, id, signal)));
  const labeled = named.map(fieldsOf).flatMap(({ Name }) => textOf(Name) ?? []);
  const names = [...labeled, ...nameless.flat()];
  const sizes = await sizesOf(engine, signal);
  return [...new Set(names)].sort().map((name) => ({ name, bytes: sizes.get(name) ?? null }));
}

/** Returns the ids of the volumes without a name that a container uses. */
export async function namelessVolumes(engine: Engine, id: string, signal: AbortSignal): Promise<string[]> {
  const { Mounts } = fieldsOf(await engine.call({ method: "GET", path: `/containers/${id}/json` }, signal));
  return itemsOf(Mounts).map(fieldsOf).flatMap(({ Type, Name }) => {
    const name = textOf(Name) ?? "";
    return Type === "volume" && /^[0-9a-f]{64}$/.test(name) ? [name] : [];
  });
}

/** Returns the sizes of volumes in bytes, by name; none from an engine that does not measure them. */
export async function sizesOf(engine: Engine, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  try {
    const usage = fieldsOf(await engine.call({ method: "GET", path: "/system/df?type=volume" }, signal));
    return new Map(
      itemsOf(usage["Volumes"]).map(fieldsOf).flatMap(({ Name, UsageData }) => {
        const [name, bytes] = [textOf(Name), countOf(fieldsOf(UsageData)["Size"])];
        return name === undefined || bytes === undefined ? [] : [[name, bytes] as const];
      }),
    );
  } catch (error) {
    if (error instanceof AppError) return new Map();
    throw error;
  }
}
