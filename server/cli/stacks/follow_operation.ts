/** Follows one operation of a running DockStat to its end, and cancels it when asked. */
import { pause } from "../../duration.ts";
import { AppError } from "../../errors.ts";
import type { Operation, OperationWithMessages } from "../../protocol/operations.ts";
import type { StackEvent } from "../../protocol/stack_events.ts";
import type { ServerClient } from "../server_client.ts";
import type { Progress } from "./progress.ts";

/** It is asked how it is at first after this long, then at twice the distance, ms. */
const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2000;
/** A server that restarts may be away for so long, ms. */
const PATIENCE_MS = 15_000;

/**
 * Waits for the end of an operation; when the signal aborts it is cancelled, and its end awaited all the same.
 *
 * @throws {AppError} "unavailable" when the server is gone for good.
 */
export async function followOperation(
  client: ServerClient,
  operationId: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<Operation> {
  const follower = new Follower(client, operationId, progress);
  const cancel = () => void follower.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await follower.end();
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

class Follower {
  readonly #over = new AbortController();
  /** Aborted when something has happened that may be the end. */
  #wake = new AbortController();
  /** How often each message was told, and how often it came by the socket: the two ways overlap. */
  readonly #told = new Map<string, number>();
  readonly #came = new Map<string, number>();
  #unreachableSince: number | undefined;

  constructor(readonly client: ServerClient, readonly operationId: number, readonly progress: Progress) {}

  async end(): Promise<Operation> {
    try {
      const begun = await this.#refresh();
      if (begun !== undefined && isOver(begun)) return begun;
      void this.#listen(begun);
      for (let waitMs = FIRST_POLL_MS;; waitMs = Math.min(waitMs * 2, LONGEST_POLL_MS)) {
        await pause(waitMs, this.#wake.signal);
        this.#wake = new AbortController();
        const operation = await this.#refresh();
        if (operation !== undefined && isOver(operation)) return operation;
      }
    } finally {
      this.#over.abort();
    }
  }

  async cancel(): Promise<void> {
    try {
      const { stack_id } = await this.client.ask<Operation>(`/operations/${this.operationId}`);
      if (stack_id === null) {
        this.progress.note("A project that DockStat did not create cannot be cancelled: waiting for the end");
        return;
      }
      this.progress.note("Cancelling, and waiting for the end (Ctrl-C again does not wait)");
      await this.client.ask(`/stacks/${stack_id}/cancel`, { method: "POST" });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Over already, or gone: whoever waits for the end is told.
    }
    this.#wake.abort();
  }

  /** Tells what is new; `undefined` while the server cannot be reached. */
  async #refresh(): Promise<Operation | undefined> {
    try {
      const operation = await this.client.ask<OperationWithMessages>(`/operations/${this.operationId}`);
      this.#unreachableSince = undefined;
      const counted = new Map<string, number>();
      const ofFailure = operation.error === null ? undefined : operation.messages.at(-1);
      for (const message of operation.messages) {
        if (message !== ofFailure) this.#tell(operation, message, counted);
      }
      return operation;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
      this.#unreachableSince ??= performance.now();
      if (performance.now() - this.#unreachableSince > PATIENCE_MS) throw error;
      return undefined;
    }
  }

  /** Brings what happens as it happens; when it ends early, asking now and then must do. */
  async #listen(begun: Operation | undefined): Promise<void> {
    const options = typeof begun?.stack_id === "number" ? { stack_id: String(begun.stack_id) } : {};
    try {
      let first = true;
      for await (const event of this.client.frames<StackEvent>("/stacks", options, this.#over.signal)) {
        const operation = begun ?? await this.#refresh();
        if (operation === undefined || !isAbout(event, operation)) continue;
        // What was said before the socket was open comes first.
        if (first) await this.#refresh();
        first = false;
        if (event.type === "stack-progress") this.#tell(operation, event.data.message, this.#came);
        else this.#wake.abort();
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** @param counted How often each message came by this way. */
  #tell({ action }: Operation, message: string, counted: Map<string, number>): void {
    const count = (counted.get(message) ?? 0) + 1;
    counted.set(message, count);
    if (count <= (this.#told.get(message) ?? 0)) return;
    this.#told.set(message, count);
    this.progress.tell(action, message);
  }
}

function isOver({ state }: Operation): boolean {
  return state !== "queued" && state !== "running";
}

function isAbout({ data }: StackEvent, { stack_id, project }: Operation): boolean {
  return data.stack_id === stack_id && (stack_id !== null || data.project === project);
}
