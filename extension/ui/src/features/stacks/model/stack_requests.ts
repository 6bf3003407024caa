import type { CommandFor, PostCommand } from "../../../../../../server/protocol/commands.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Problem } from "../../../../../../server/protocol/problem.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { newestOf, sorted, type StackList } from "./stack_list.ts";

/** Commands for a stack. */
export type StackCommand = CommandFor<"stack"> & PostCommand;
/** Commands for a project that DockStat did not create. */
export type ProjectCommand = CommandFor<"project"> & PostCommand;

/** The texts of a stack. */
export interface StackTexts {
  readonly compose: string;
  readonly env: string;
}

/** One mistake or warning in a text; the first line and the first column are 1. */
export type Issue = NonNullable<Problem["errors"]>[number];

/** What the server says of texts that Compose takes. */
export interface Validated {
  readonly services: readonly string[];
  readonly warnings: readonly Issue[];
}

/** An operation with the last of what was said of it. */
export type OperationOutput = Operation & { readonly messages: readonly string[] };

/** A stack that is to be. */
export interface NewStack {
  readonly name: string;
  readonly hostId: string | undefined;
  readonly compose: string;
  /** `undefined` for none. */
  readonly env: string | undefined;
  readonly deploy: boolean;
}

/** Each method throws a `Refusal` with the server's words, or `Unreachable`. */
export class StackRequests {
  constructor(readonly transport: Transport) {}

  /** All stacks and projects, their hosts, and the newest operation of each. */
  async everything(): Promise<StackList> {
    const [stacks, hosts, operations] = await Promise.all([
      this.transport.ask<readonly Stack[]>("/stacks"),
      this.transport.ask<readonly HostReport[]>("/docker/hosts"),
      this.operations(),
    ]);
    return { known: true, stacks: sorted(stacks), hosts, newest: newestOf(operations), error: undefined };
  }

  /** Begins an operation; for a project only what {@linkcode ProjectCommand} has. */
  async act({ stack_id, hostId, name }: Stack, command: StackCommand): Promise<void> {
    const path = stack_id === null
      ? `/projects/${encodeURIComponent(hostId)}/${encodeURIComponent(name)}/${command}`
      : `/stacks/${stack_id}/${command}`;
    await this.transport.ask(path, { method: "POST" });
  }

  /** Stores the files of a stack as they are now. */
  async accept(stackId: number): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}/accept`, { method: "POST" });
  }

  /** Cancels what runs. */
  async cancel(stackId: number): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}/cancel`, { method: "POST" });
  }

  /** Begins to remove a stack, with its volumes only when that is said. */
  async remove(stackId: number, volumes: boolean): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}${volumes ? "?volumes=1" : ""}`, { method: "DELETE" });
  }

  /** Takes over a project; gives the id of its stack. */
  async adopt({ name: project, hostId }: Stack): Promise<number> {
    const stack = await this.transport.ask<Stack>("/stacks/adopt", {
      method: "POST",
      body: { project, hostId },
    });
    return stack.stack_id!;
  }

  /** Makes a stack; gives its id. */
  async create(stack: NewStack): Promise<number> {
    return (await this.transport.ask<Stack>("/stacks", { method: "POST", body: stack })).stack_id!;
  }

  /** Changes the texts that are given. */
  async change(stackId: number, change: Partial<StackTexts> & { readonly deploy: boolean }): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}`, { method: "PUT", body: change });
  }

  /** The texts of a stack, byte for byte. */
  async texts(stackId: number, signal?: AbortSignal): Promise<StackTexts> {
    return await this.transport.ask(`/stacks/${stackId}/compose`, signal === undefined ? {} : { signal });
  }

  /** Has texts looked at. */
  async validate(draft: Draft, signal: AbortSignal): Promise<Validated> {
    return await this.transport.ask("/stacks/validate", { method: "POST", body: draft, signal });
  }

  /** The newest operations, of one stack or of all, newest first. */
  async operations(stackId?: number): Promise<readonly Operation[]> {
    return await this.transport.ask(`/operations${stackId === undefined ? "" : `?stack_id=${stackId}`}`);
  }

  /** One operation with its output. */
  async operation(operationId: number, signal: AbortSignal): Promise<OperationOutput> {
    return await this.transport.ask(`/operations/${operationId}`, { signal });
  }
}

/** Texts that are looked at before they are kept. */
export interface Draft {
  readonly compose: string;
  readonly env: string | undefined;
  readonly hostId: string | undefined;
  /** The stack that they are to be of, `undefined` for a new one. */
  readonly stack_id: number | undefined;
}
