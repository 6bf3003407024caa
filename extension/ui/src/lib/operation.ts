/** Follows an operation to its end. */
import type { OperationWithMessages } from "../../../../server/protocol/operations.ts";
import { type Transport, Unreachable } from "./transport/transport.ts";

/** Interval of requests for a running operation, ms. */
export const POLL_MS = 700;

/** Options for {@linkcode followOperation}. */
export interface FollowOptions {
  /** Aborts the wait. */
  readonly signal: AbortSignal;
  readonly pollMs?: number;
  /** Receives the operation while it runs; `undefined` while the server does not answer. */
  readonly report?: (operation: OperationWithMessages | undefined) => void;
}

/** Asks for an operation until it has ended. It continues on the server after a lost connection. */
export async function followOperation(
  transport: Transport,
  id: number,
  { signal, pollMs = POLL_MS, report }: FollowOptions,
): Promise<OperationWithMessages> {
  while (true) {
    const operation = await ask(transport, id, signal);
    if (operation !== undefined && operation.state !== "queued" && operation.state !== "running") {
      return operation;
    }
    report?.(operation);
    await pause(pollMs, signal);
  }
}

async function ask(
  transport: Transport,
  id: number,
  signal: AbortSignal,
): Promise<OperationWithMessages | undefined> {
  try {
    return await transport.ask(`/operations/${id}`, { signal });
  } catch (error) {
    if (error instanceof Unreachable && !signal.aborted) return undefined;
    throw error;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}
