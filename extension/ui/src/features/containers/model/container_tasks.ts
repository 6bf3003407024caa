import type {
  OperationWithMessages,
  StartedOperation,
} from "../../../../../../server/protocol/operations.ts";
import { Observable } from "../../../lib/observable.ts";
import { reasonOf, type Transport, Unreachable } from "../../../lib/transport/transport.ts";
import { keyOf } from "./container_row.ts";
import type { ContainerTarget } from "./container_requests.ts";
import type { ContainerAction } from "./labels_actions.ts";

/** An operation on a container that this page has started. */
export interface ContainerTask {
  readonly target: ContainerTarget;
  readonly action: ContainerAction;
  readonly phase: "running" | "succeeded" | "failed";
  /** Newest message of the operation, or the reason of its failure; `undefined` before the first one. */
  readonly message: string | undefined;
}

/** Interval of requests for a running operation, ms. */
const POLL_MS = 700;

/** The newest operation on each container, with its progress and result. */
export class ContainerTasks implements Disposable {
  /** Operations by the key of their container. */
  readonly all = new Observable<ReadonlyMap<string, ContainerTask>>(new Map());
  readonly #stop = new AbortController();

  constructor(readonly transport: Transport, readonly pollMs: number = POLL_MS) {}

  /** Starts an operation and follows it to its end; a failure becomes its message. */
  async run(
    target: ContainerTarget,
    action: ContainerAction,
    request: () => Promise<StartedOperation>,
  ): Promise<void> {
    const show = (phase: ContainerTask["phase"], message?: string) =>
      this.#set({ target, action, phase, message });
    show("running");
    try {
      const { operation_id } = await request();
      const { state, error, messages } = await this.#follow(
        operation_id,
        (message) => show("running", message),
      );
      if (state === "succeeded") show("succeeded", messages.at(-1));
      else show("failed", error ?? messages.at(-1) ?? state);
    } catch (error) {
      if (!this.#stop.signal.aborted) show("failed", reasonOf(error));
    }
  }

  /** Drops the operation of a container. */
  dismiss(target: ContainerTarget): void {
    const tasks = new Map(this.all.value);
    tasks.delete(keyOf(target));
    this.all.set(tasks);
  }

  [Symbol.dispose](): void {
    this.#stop.abort(new Error("The page was closed"));
  }

  async #follow(id: number, report: (message: string | undefined) => void): Promise<OperationWithMessages> {
    while (true) {
      const operation = await this.#operation(id);
      if (operation !== undefined && operation.state !== "queued" && operation.state !== "running") {
        return operation;
      }
      report(operation?.messages.at(-1));
      await pause(this.pollMs, this.#stop.signal);
    }
  }

  /** Returns `undefined` while the server does not answer, because the operation continues after a lost connection. */
  async #operation(id: number): Promise<OperationWithMessages | undefined> {
    try {
      return await this.transport.ask(`/operations/${id}`, { signal: this.#stop.signal });
    } catch (error) {
      if (error instanceof Unreachable && !this.#stop.signal.aborted) return undefined;
      throw error;
    }
  }

  #set(task: ContainerTask): void {
    if (this.#stop.signal.aborted) return;
    this.all.set(new Map([...this.all.value, [keyOf(task.target), task]]));
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
