/** The services of stacks, with the policies of their stored texts and their past updates. */
import { AppError } from "../errors.ts";
import type { UpdatePolicy } from "../protocol/images/updates.ts";
import { DEFAULT_POLICY, readPolicies, type ServicePolicy } from "../stacks/validate/update_policies.ts";
import type { ServiceUpdate, ServiceUpdates } from "../store/images/service_updates.ts";
import type { StackStore } from "../store/stack_store.ts";

/** A service of a stack. */
export interface ManagedService {
  readonly stackId: number;
  /** Image as the compose file names it. */
  readonly image: string | null;
  readonly policy: UpdatePolicy;
  readonly minAgeMs: number;
  /** Its updates, newest first. */
  readonly updates: readonly ServiceUpdate[];
}

/** Finds the service of a stack that a container belongs to. */
export type FindManaged = (
  hostId: string,
  project: string | null,
  service: string | null,
) => ManagedService | undefined;

/** Policies of a text with a digest. */
interface Known {
  readonly digest: string;
  readonly policies: ReadonlyMap<string, ServicePolicy>;
}

/** Parts of {@linkcode ManagedServices}. */
export interface ManagedParts {
  readonly store: Pick<StackStore, "all" | "texts" | "rows">;
  readonly imageUpdates: Pick<ServiceUpdates, "all">;
}

/** Reads the services of all stacks; texts are parsed once. */
export class ManagedServices {
  readonly #known = new Map<number, Known>();

  constructor(readonly parts: ManagedParts) {}

  /** Returns the function that finds the services as they are stored now. */
  async read(): Promise<FindManaged> {
    const { store, imageUpdates } = this.parts;
    const updates = Map.groupBy(imageUpdates.all(), ({ stackId, service }) => `${stackId} ${service}`);
    const records = store.all();
    const services = new Map<string, ManagedService>();
    for (const { stackId, hostId, name: project, services: own } of records) {
      const policies = await this.#policies(stackId);
      for (const { name, image } of own) {
        const past = updates.get(`${stackId} ${name}`) ?? [];
        const policy = policies.get(name) ?? DEFAULT_POLICY;
        services.set(keyOf(hostId, project, name), { stackId, image, ...policy, updates: past });
      }
    }
    const ids = new Set(records.map(({ stackId }) => stackId));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    return (hostId, project, service) =>
      project === null || service === null ? undefined : services.get(keyOf(hostId, project, service));
  }

  async #policies(stackId: number): Promise<Known["policies"]> {
    const { store } = this.parts;
    const digest = store.rows.get(stackId).compose?.digest ?? "";
    const known = this.#known.get(stackId);
    if (known?.digest === digest) return known.policies;
    const policies = await policiesIn(store.texts(stackId).compose);
    this.#known.set(stackId, { digest, policies });
    return policies;
  }
}

/** A text that DockStat cannot read has no policies. */
async function policiesIn(compose: string): Promise<Known["policies"]> {
  try {
    return (await readPolicies(compose)).policies;
  } catch (error) {
    if (error instanceof AppError) return new Map();
    throw error;
  }
}

function keyOf(hostId: string, project: string, service: string): string {
  return JSON.stringify([hostId, project, service]);
}

/** Returns the update that a service can return from; `undefined` without one. */
export function returnable(
  { image, updates: [newest] }: Pick<ManagedService, "image" | "updates">,
): ServiceUpdate | undefined {
  return newest !== undefined && newest.state !== "returned" && newest.image === image ? newest : undefined;
}
