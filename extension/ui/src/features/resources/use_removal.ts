import { useCallback, useEffect, useRef, useState } from "react";
import type { StartedOperation } from "../../../../../server/protocol/operations.ts";
import { useClient } from "../../lib/client.ts";
import { followOperation } from "../../lib/operation.ts";
import { reasonOf } from "../../lib/transport/transport.ts";

/** State of a removal. */
export interface RemovalState {
  readonly phase: "running" | "succeeded" | "failed";
  /** Newest message, or the reason of a failure; `undefined` before the first one. */
  readonly message: string | undefined;
  /** Id of the operation; `undefined` until it has started. */
  readonly operationId: number | undefined;
}

/** A removal that this view starts and follows. */
export interface Removal {
  /** `undefined` before the first start, and after it was dismissed. */
  readonly state: RemovalState | undefined;
  readonly run: (request: () => Promise<StartedOperation>) => Promise<void>;
  readonly dismiss: () => void;
  /** Cancels the operation. */
  readonly cancel: () => void;
}

/**
 * Runs one removal at a time.
 *
 * @param onEnd Called when an operation has ended, however it did.
 */
export function useRemoval(onEnd: () => void): Removal {
  const { transport } = useClient();
  const [state, setState] = useState<RemovalState>();
  const stop = useRef<AbortController>();
  useEffect(() => () => stop.current?.abort(), []);
  const run = useCallback(async (request: () => Promise<StartedOperation>) => {
    const { signal } = stop.current = new AbortController();
    const show = (next: RemovalState) => signal.aborted || setState(next);
    show({ phase: "running", message: undefined, operationId: undefined });
    try {
      const { operation_id: operationId } = await request();
      const ended = await followOperation(transport, operationId, {
        signal,
        report: (operation) => show({ phase: "running", message: operation?.messages.at(-1), operationId }),
      });
      const phase = ended.state === "succeeded" ? "succeeded" : "failed";
      show({ phase, message: ended.error ?? ended.messages.at(-1), operationId });
    } catch (error) {
      show({ phase: "failed", message: reasonOf(error), operationId: undefined });
    }
    if (!signal.aborted) onEnd();
  }, [transport, onEnd]);
  const dismiss = useCallback(() => setState(undefined), []);
  const cancel = useCallback(() => {
    const id = state?.operationId;
    // A removal that has already ended cannot be cancelled; its state then shows this.
    if (id !== undefined) transport.ask(`/operations/${id}/cancel`, { method: "POST" }).catch(() => {});
  }, [transport, state?.operationId]);
  return { state, run, dismiss, cancel };
}
