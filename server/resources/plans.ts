/** Plans of the removal of images, volumes and networks, and of a prune. */
import { byteText } from "../byte_text.ts";
import { AppError, reason } from "../errors.ts";
import type { PruneItem } from "../protocol/resources/prune.ts";
import type { Image } from "../protocol/resources/resources.ts";
import type { EventTarget } from "../protocol/stack_events.ts";
import { callEngine, capitalized, resourceStep } from "../stacks/run/engine_work.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import { idOf, nameOf, type Target } from "./find_resource.ts";
import type { ResourceHost } from "./host_resources.ts";
import { type Recheck, shortList } from "./recheck.ts";

/** Returns the plan of a removal. */
export function removalPlan(host: ResourceHost, target: Target, recheck: Recheck): Plan {
  const { kind } = target;
  const name = nameOf(target);
  return {
    ...planOf(host, { kind, name, id: idOf(target) }),
    command: "remove",
    action: "removing",
    work: async ({ signal, report }) => {
      report(resourceStep(kind, name, "Removing", "working"));
      await remove(host, await recheck.target(target, signal), signal);
      report(resourceStep(kind, name, "Removed", "done"));
      return { code: 0, error: undefined };
    },
    success: { status: "removed", message: `${capitalized(kind)} "${name}" removed successfully` },
  };
}

/** Returns the plan of a prune, which removes exactly these items, one by one. A failure does not stop the others. */
export function prunePlan(host: ResourceHost, items: readonly PruneItem[], recheck: Recheck): Plan {
  const { hostId } = host;
  const removed: PruneItem[] = [];
  return {
    ...planOf(host, { kind: "host", name: hostId, id: hostId }),
    command: "prune",
    action: "pruning",
    removes: items.filter(({ kind }) => kind === "container").map(({ id }) => id),
    work: async (context) => {
      const failures: string[] = [];
      for (const item of items) {
        context.signal.throwIfAborted();
        const failure = await pruneItem(host, item, recheck, context);
        if (failure === undefined) removed.push(item);
        else failures.push(failure);
      }
      if (failures.length === 0) return { code: 0, error: undefined };
      throw new AppError("failed", `${outcome(hostId, removed)}. Not removed: ${shortList(failures, "; ")}`);
    },
    success: {
      status: "removed",
      get message() {
        return outcome(hostId, removed);
      },
    },
  };
}

/** Removes one item; returns the reason if it stays. */
async function pruneItem(
  host: ResourceHost,
  item: PruneItem,
  recheck: Recheck,
  { signal, report }: RunContext,
): Promise<string | undefined> {
  const { kind, name, id, bytes } = item;
  report(resourceStep(kind, name, "Removing", "working"));
  try {
    const found = await recheck.item(item, signal);
    if (found === "container") {
      await callEngine(host.engine, { method: "DELETE", path: `/containers/${id}?v=0&force=0` }, signal);
    } else await remove(host, found, signal);
    report({
      ...resourceStep(kind, name, "Removed", "done"),
      current: bytes ?? undefined,
      total: bytes ?? undefined,
    });
    return undefined;
  } catch (error) {
    if (signal.aborted || error instanceof AppError && error.code === "engine-unreachable") throw error;
    const why = reason(error);
    report({ ...resourceStep(kind, name, "Error", "error"), reason: why });
    return `${kind} "${name}": ${why}`;
  }
}

function outcome(hostId: string, removed: readonly PruneItem[]): string {
  const bytes = removed.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
  const count = removed.length === 1 ? "1 item" : `${removed.length} items`;
  // Layers that only the removed images share are not part of the sizes.
  const least = removed.some(({ kind }) => kind === "image") ? "at least " : "";
  return `Removed ${count} from host "${hostId}", ${least}${byteText(bytes)} freed`;
}

/** Every part of a path comes from the engine's own list, and was checked there. */
async function remove(host: ResourceHost, target: Target, signal: AbortSignal): Promise<void> {
  if (target.kind === "image") return await removeImage(host, target.item, target.tag, signal);
  await callEngine(host.engine, { method: "DELETE", path: `/${target.kind}s/${idOf(target)}` }, signal);
}

/** Removes one tag, or all references one by one: the engine refuses an id that has several, unless by force. */
async function removeImage(
  host: ResourceHost,
  { id, tags, digests }: Image,
  tag: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const references = tag !== undefined
    ? [tag]
    : tags.length + digests.length > 1
    ? [...tags, ...digests]
    : [];
  for (const reference of references) await removeReference(host, reference, signal);
  if (tag === undefined) await removeReference(host, id, signal, references.length > 0);
}

async function removeReference(
  host: ResourceHost,
  reference: string,
  signal: AbortSignal,
  mayBeGone = reference.includes("@"),
): Promise<void> {
  try {
    await callEngine(host.engine, { method: "DELETE", path: `/images/${reference}` }, signal);
  } catch (error) {
    // The last tag takes the digests of its repository with it, and the last reference the image.
    if (!mayBeGone || !(error instanceof AppError) || error.code !== "not-found") throw error;
  }
}

function planOf({ hostId }: ResourceHost, target: EventTarget) {
  return { stackId: null, project: null, hostId, target, hide: (text: string) => text };
}
