/** Record of an update: the digests of the images before and after it. */
import { mayHave, parseCompose } from "../../compose/compose_yaml.ts";
import type { Engine } from "../../docker/engine.ts";
import { AppError } from "../../errors.ts";
import type { ServiceUpdates } from "../../store/images/service_updates.ts";
import type { StackRecord } from "../../store/stack_record.ts";
import { networkFollowers } from "./network_followers.ts";
import { runningDigests } from "./running_digests.ts";

/** Longest wait for the digests of images, ms. */
const PATIENCE_MS = 5000;

/** Stack whose images are read. */
type Target = Pick<StackRecord, "stackId" | "name" | "services">;

/** Reads the digests that the services of a stack run now, as {@linkcode runningDigests} does. */
export async function digestsNow(
  { name, services }: Pick<Target, "name" | "services">,
  engine: Pick<Engine, "call"> | undefined,
): Promise<ReadonlyMap<string, string>> {
  return await runningDigests(engine, name, services, AbortSignal.timeout(PATIENCE_MS));
}

/**
 * Reads the digests before an update.
 *
 * @returns a function that reads those after it, and returns the write that stores the difference.
 */
export async function recordUpdate(
  record: Target,
  engine: Pick<Engine, "call"> | undefined,
  updates: ServiceUpdates,
): Promise<() => Promise<() => void>> {
  const before = await digestsNow(record, engine);
  return async () => {
    const after = await digestsNow(record, engine);
    return () => {
      for (const { name: service, image } of record.services) {
        const [from, to] = [before.get(service), after.get(service)];
        if (image === null || from === undefined || to === undefined || from === to) continue;
        addUpdate({ stackId: record.stackId, service, image, before: from, after: to }, updates);
      }
    };
  };
}

/** Stores the update of a service, unless an automatic one is in progress, which stores itself. */
function addUpdate(
  update: Readonly<Record<"service" | "image" | "before" | "after", string>> & { readonly stackId: number },
  updates: ServiceUpdates,
): void {
  const isOpen = updates.open().some(({ stackId, service }) =>
    stackId === update.stackId && service === update.service
  );
  if (isOpen) return;
  const now = Date.now();
  updates.add({ ...update, automatic: false, state: "done", startedAt: now, deadline: now });
}

/**
 * Returns the services whose containers refer to the container of a service, as {@linkcode networkFollowers} does; none
 * if DockStat cannot read the text.
 */
export async function followersOf(compose: string, service: string): Promise<readonly string[]> {
  if (!mayHave(compose, /network_mode/)) return [];
  try {
    return networkFollowers(await parseCompose(compose), service);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
