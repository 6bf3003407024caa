/** Follows an operation of a running DockStat to its end, and cancels it on request. */
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import type { Operation, OperationOutput, OperationWithMessages } from "../protocol/operations.ts";
import type { DetailedStackEvent } from "../protocol/stack_events.ts";
import type { ServerClient } from "./server_client.ts";
import type { Progress } from "./progress.ts";

/** Delay before the first poll, ms. It doubles with each poll. */
const FIRST_POLL_MS = 100;
const MAX_POLL_MS = 2000;
/** Longest delay between polls while a build prints, ms. */
const BUILD_POLL_MS = 500;
/** Time that a restarting server may be unreachable, ms. */
const MAX_OUTAGE_MS = 15_000;

/**
 * Waits for the end of an operation. When the signal aborts, the operation is cancelled and its end awaited.
 *
 * @throws {AppError} "unavailable" if the server does not come back.
 */
export async function followOperation(
  client: ServerClient,
  operationId: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<OperationWithMessages> {
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
  /** Aborted to poll at once. */
  #wake = new AbortController();
  /** Number of the newest event that was shown. */
  #seq = 0;
  #isListening = false;
  #unreachableSince: number | undefined;
  /** `undefined` until a step of a build is reported. */
  #build: BuildOutput | undefined;

  constructor(readonly client: ServerClient, readonly operationId: number, readonly progress: Progress) {}

  async end(): Promise<OperationWithMessages> {
    try {
      for (let waitMs = FIRST_POLL_MS;; waitMs = Math.min(waitMs * 2, MAX_POLL_MS)) {
        const operation = await this.#poll();
        await this.#build?.show();
        if (operation !== undefined && hasEnded(operation)) return operation;
        await pause(this.#build === undefined ? waitMs : Math.min(waitMs, BUILD_POLL_MS), this.#wake.signal);
        this.#wake = new AbortController();
      }
    } finally {
      this.#over.abort();
    }
  }

  async cancel(): Promise<void> {
    try {
      this.progress.note("Cancelling, waiting for the end (press Ctrl-C again to stop waiting)");
      await this.client.ask(`/operations/${this.operationId}/cancel`, { method: "POST" });
    } catch (error) {
      // It may have ended already, which the next poll shows.
      if (!(error instanceof AppError)) throw error;
    }
    this.#wake.abort();
  }

  /** Reads the operation and shows its new events; returns `undefined` while the server is unreachable. */
  async #poll(): Promise<OperationWithMessages | undefined> {
    try {
      const operation = await this.client.ask<OperationWithMessages>(`/operations/${this.operationId}`);
      this.#unreachableSince = undefined;
      // While the socket is open it delivers the same events, and more of them.
      if (!this.#isListening || hasEnded(operation)) {
        operation.events.forEach((event) => this.#show(event, operation));
      }
      if (!this.#isListening && this.#seq > 0 && !hasEnded(operation)) void this.#listen(operation);
      return operation;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
      this.#unreachableSince ??= performance.now();
      if (performance.now() - this.#unreachableSince > MAX_OUTAGE_MS) throw error;
      return undefined;
    }
  }

  /** Shows events as they happen. If the socket closes, polls show them until it is open again. */
  async #listen(operation: Operation): Promise<void> {
    this.#isListening = true;
    const { stack_id } = operation;
    const stack = stack_id === null ? {} : { stack_id: String(stack_id) };
    const options = { ...stack, detail: "full", since: String(this.#seq) };
    try {
      for await (
        const event of this.client.frames<DetailedStackEvent>("/stacks", options, this.#over.signal)
      ) {
        if (event.data?.operation_id !== this.operationId) continue;
        if (event.type === "stack-progress") this.#show(event, operation);
        else this.#wake.abort();
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    } finally {
      this.#isListening = false;
    }
  }

  #show({ type, data, seq = 0 }: DetailedStackEvent, { action }: Operation): void {
    if (seq <= this.#seq) return;
    this.#seq = seq;
    // The caller reports the failure.
    if (type === "stack-error") return;
    const { message } = data;
    if (type !== "stack-progress") {
      return this.progress.report(action, { message, resource: null, state: "done" });
    }
    if (data.resource?.kind === "step") {
      this.#build ??= new BuildOutput(this.client, this.operationId, this.progress);
    }
    // The image of a layer has the sum of its layers.
    if (data.resource?.kind !== "layer") this.progress.report(action, data);
  }
}

/** Shows what the steps of builds print. */
class BuildOutput {
  #seen = new Map<string, readonly string[]>();

  constructor(readonly client: ServerClient, readonly operationId: number, readonly progress: Progress) {}

  /** Shows the lines since the last call. */
  async show(): Promise<void> {
    const output = await this.#read();
    if (output === undefined) return;
    for (const { name, lines } of output.steps) {
      for (const line of linesAfter(this.#seen.get(name) ?? [], lines)) this.progress.output(name, line);
    }
    this.#seen = new Map(output.steps.map(({ name, lines }) => [name, lines]));
  }

  async #read(): Promise<OperationOutput | undefined> {
    try {
      return await this.client.ask<OperationOutput>(`/operations/${this.operationId}/output`);
    } catch (error) {
      // The progress does not depend on these lines.
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

/** Returns the lines after the known ones; only the newest lines are kept. */
export function linesAfter(known: readonly string[], lines: readonly string[]): readonly string[] {
  for (let from = 0; from < known.length; from++) {
    const kept = known.length - from;
    if (kept <= lines.length && known.slice(from).every((line, index) => line === lines[index])) {
      return lines.slice(kept);
    }
  }
  return lines;
}

function hasEnded({ state }: Operation): boolean {
  return state !== "queued" && state !== "running";
}
