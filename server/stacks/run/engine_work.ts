/** Requests that operations send to an engine themselves, and their progress in the form of Compose. */
import type { ResourceProgress } from "../../compose/progress.ts";
import type { Engine, EngineCall } from "../../docker/engine.ts";
import { AppError } from "../../errors.ts";
import type { ResourceState } from "../../protocol/stack_events.ts";

/** Reason of a failure when the engine cannot be reached, by Compose or by DockStat. */
export const ENGINE_NOT_REACHABLE = "Docker daemon not reachable";

/**
 * Sends a request of an operation.
 *
 * @throws {AppError} "engine-unreachable" with {@linkcode ENGINE_NOT_REACHABLE}, or the engine's refusal.
 */
export async function callEngine(
  engine: Pick<Engine, "call">,
  call: EngineCall,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await engine.call(call, signal);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "engine-unreachable") throw cause;
    throw new AppError(cause.code, ENGINE_NOT_REACHABLE, { cause });
  }
}

/** Returns the progress of a resource. */
export function resourceStep(
  kind: "container" | "image" | "volume" | "network",
  name: string,
  verb: string,
  state: ResourceState,
): ResourceProgress {
  const resource = { kind, name, parent: null };
  const unknown = { reason: undefined, current: undefined, total: undefined };
  return { kind: "resource", id: `${capitalized(kind)} ${name}`, resource, state, verb, ...unknown };
}

/** Returns a text with a capital at its start. */
export function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
