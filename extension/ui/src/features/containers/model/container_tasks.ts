import type { StartedOperation } from "../../../../../../server/protocol/operations.ts";
import { Observable } from "../../../lib/observable.ts";
import { followOperation, POLL_MS } from "../../../lib/operation.ts";
import { reasonOf, type Transport } from "../../../lib/transport/transport.ts";
import { keyOf } from "./container_row.ts";
import type { ContainerTarget } from "./container_requests.ts";
import type { ContainerAction } from "./labels_actions.ts";

/** The way back from an operation. */
export interface Undo {
  /** Label of its button. */
  readonly label: string;
  readonly start: () => void;
}

/** An operation on a container that this page has started. */
export interface ContainerTask {
  readonly target: ContainerTarget;
  readonly action: ContainerAction;
  readonly phase: "running" | "succeeded" | "failed";
  /** Newest message of the operation, or the reason of its failure; `undefined` before the first one. */
  readonly message: string | undefined;
  /** `undefined` before the server has accepted it. */
  readonly operationId: number | undefined;
  /** `undefined` if nothing leads back. */
  readonly undo: Undo | undefined;
}

/** The newest operation on each container, with its progress and result. */
export class ContainerTasks implements Disposable {
  /** Operations by the key of their container. */
  readonly all = new Observable<ReadonlyMap<string, ContainerTask>>(new Map());
  /** Ways back from these operations, by the id of the operation. */
  readonly undos = new Observable<ReadonlyMap<number, Undo>>(new Map());
  readonly #stop = new AbortController();

  constructor(readonly transport: Transport, readonly pollMs: number = POLL_MS) {}

  /** Starts an operation and follows it to its end; a failure becomes its message. */
  async run(
    target: ContainerTarget,
    action: ContainerAction,
    request: () => Promise<StartedOperation>,
    undo?: Undo,
  ): Promise<void> {
    let operationId: number | undefined;
    const show = (phase: ContainerTask["phase"], message?: string) =>
      this.#set({ target, action, phase, message, operationId, undo });
    show("running");
    try {
      const { operation_id } = await request();
      operationId = operation_id;
      const { state, error, messages } = await followOperation(this.transport, operation_id, {
        signal: this.#stop.signal,
        pollMs: this.pollMs,
        report: (operation) => show("running", operation?.messages.at(-1)),
      });
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
    this.#setAll(tasks);
  }

  [Symbol.dispose](): void {
    this.#stop.abort(new Error("The page was closed"));
  }

  #set(task: ContainerTask): void {
    if (this.#stop.signal.aborted) return;
    this.#setAll(new Map([...this.all.value, [keyOf(task.target), task]]));
  }

  #setAll(tasks: ReadonlyMap<string, ContainerTask>): void {
    this.all.set(tasks);
    const known = [...tasks.values()].flatMap(({ operationId, undo }): readonly (readonly [number, Undo])[] =>
      operationId === undefined || undo === undefined ? [] : [[operationId, undo]]
    );
    this.undos.set(new Map(known));
  }
}
