import type { CommandFor, PostCommand } from "../../../../../../server/protocol/commands.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { ImageTags } from "../../../../../../server/protocol/images/tags.ts";
import type { ImageUpdate, ImageUpdates } from "../../../../../../server/protocol/images/updates.ts";
import type { Problem } from "../../../../../../server/protocol/problem.ts";
import type {
  Failure,
  Operation,
  OperationOutput,
  OperationWithMessages,
} from "../../../../../../server/protocol/operations.ts";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type {
  NewStack,
  PlanDraft,
  StackChange,
  StackDraft,
} from "../../../../../../server/protocol/stack_requests.ts";
import type {
  AdoptedStack,
  DeploymentPlan,
  SavedStack,
  Stack,
  StackFiles,
  ValidatedStack,
} from "../../../../../../server/protocol/stacks.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { newestOf, sorted, type StackList } from "./stack_list.ts";

/** Commands of a stack. */
export type StackCommand = CommandFor<"stack"> & PostCommand;
/** Commands of a project that DockStat did not create. */
export type ProjectCommand = CommandFor<"project"> & PostCommand;

/** Commands of one service of a stack. */
export type ServiceCommand = CommandFor<"service"> & PostCommand;

/** Options of a deployment. */
export interface DeployOptions {
  /** Builds every service that can be built. */
  readonly build?: boolean;
  /** Recreates every container. */
  readonly recreate?: boolean;
}

/** Options of a removal. */
export interface RemovalOptions {
  /** Also removes its volumes. */
  readonly volumes: boolean;
  /** Deletes only the record of a stack; its containers stay. */
  readonly keep: boolean;
}

/** An adopted stack, and what its first deployment would change. */
export interface AdoptionResult {
  readonly stackId: number;
  readonly warnings: AdoptedStack["warnings"];
}

/** One error or warning in a file; the first line and the first column are 1. */
export type Issue = NonNullable<Problem["errors"]>[number];

/** Requests about stacks. Each method throws a `Refusal` with the server's message, or `Unreachable`. */
export class StackRequests {
  constructor(readonly transport: Transport) {}

  /** Loads all stacks and projects, their hosts, and the newest operation of each. */
  async everything(): Promise<StackList> {
    const [stacks, hosts, operations] = await Promise.all([
      this.transport.ask<readonly Stack[]>("/stacks"),
      this.transport.ask<readonly HostReport[]>("/docker/hosts"),
      this.operations(),
    ]);
    const newest = newestOf(operations);
    return { known: true, stacks: sorted(stacks), hosts, newest, operations, error: undefined };
  }

  /** Returns the tags of an image, highest first; none where its registry is not asked or does not answer. */
  async tagsOf(image: string): Promise<readonly string[]> {
    try {
      const path = `/updates/tags?image=${encodeURIComponent(image)}`;
      return (await this.transport.ask<ImageTags>(path)).tags;
    } catch {
      return [];
    }
  }

  /** Starts an operation; a project has only the commands of {@linkcode ProjectCommand}. */
  async act(stack: Stack, command: StackCommand, options: DeployOptions = {}): Promise<void> {
    const query = flags(options);
    const path = `${stackPath(stack)}/${command}${query === "" ? "" : `?${query}`}`;
    await this.transport.ask(path, { method: "POST" });
  }

  /** Starts an operation on one service of a stack. */
  async actOnService(stack: Stack, service: string, command: ServiceCommand): Promise<void> {
    const path = `${stackPath(stack)}/services/${encodeURIComponent(service)}/${command}`;
    await this.transport.ask(path, { method: "POST" });
  }

  /** Accepts the files of a stack as they are on disk. */
  async accept(stackId: number): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}/accept`, { method: "POST" });
  }

  /** Cancels the operation of a stack. */
  async cancel(stackId: number): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}/cancel`, { method: "POST" });
  }

  /** Lists what a removal would delete and keep. */
  async removalPreview(stack: Stack, options: RemovalOptions, signal: AbortSignal): Promise<RemovalPreview> {
    const path = `${stackPath(stack)}?${flags({ dryRun: true, ...options })}`;
    return await this.transport.ask(path, { method: "DELETE", signal });
  }

  /** Starts to remove a stack or project, with its volumes if `volumes` is true. */
  async remove(stack: Stack, volumes: boolean): Promise<void> {
    await this.transport.ask(`${stackPath(stack)}${volumes ? "?volumes=1" : ""}`, { method: "DELETE" });
  }

  /** Deletes only the record of a stack; returns the paths that stay. */
  async release(stackId: number): Promise<readonly string[]> {
    const { state, error, kept = [] } = await this.transport.ask<Operation>(`/stacks/${stackId}?keep=1`, {
      method: "DELETE",
    });
    if (state !== "succeeded") throw new Error(error ?? state);
    return kept;
  }

  /** Adopts a project. */
  async adopt({ name: project, hostId }: Stack): Promise<AdoptionResult> {
    const { stack_id, warnings } = await this.transport.ask<AdoptedStack>("/stacks/adopt", {
      method: "POST",
      body: { project, hostId },
    });
    return { stackId: stack_id!, warnings };
  }

  /** Creates a stack; returns its id. */
  async create(stack: NewStack): Promise<number> {
    return (await this.transport.ask<SavedStack>("/stacks", { method: "POST", body: stack })).stack_id!;
  }

  /** Changes the given files of a stack. */
  async change(stackId: number, change: StackChange): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}`, { method: "PUT", body: change });
  }

  /** Loads the files of a stack, byte for byte. */
  async files(stackId: number, signal?: AbortSignal): Promise<StackFiles> {
    return await this.transport.ask(`/stacks/${stackId}/compose`, signal === undefined ? {} : { signal });
  }

  /** Validates files before they are saved. */
  async validate(draft: StackDraft, signal: AbortSignal): Promise<ValidatedStack> {
    return await this.transport.ask("/stacks/validate", { method: "POST", body: draft, signal });
  }

  /** Lists what a deployment of texts would change; texts that are not set are the stored ones. */
  async plan(draft: PlanDraft, signal: AbortSignal): Promise<DeploymentPlan> {
    return await this.transport.ask("/stacks/plan", { method: "POST", body: draft, signal });
  }

  /** Loads the images of a host with the last answers of their registries; contacts no registry. */
  async imageUpdates(hostId: string, signal: AbortSignal): Promise<readonly ImageUpdate[]> {
    const path = `/updates?host=${encodeURIComponent(hostId)}`;
    return (await this.transport.ask<ImageUpdates>(path, { signal })).updates;
  }

  /** Loads the newest operations of one stack or of all, newest first. */
  async operations(stackId?: number): Promise<readonly Operation[]> {
    return await this.transport.ask(`/operations${stackId === undefined ? "" : `?stack_id=${stackId}`}`);
  }

  /** Loads what Compose and its builds printed during an operation, besides the progress. */
  async printed(operationId: number, signal: AbortSignal): Promise<OperationOutput> {
    return await this.transport.ask(`/operations/${operationId}/output`, { signal });
  }

  /** Loads why an operation failed, and what helps. */
  async failure(operationId: number, signal: AbortSignal): Promise<Failure> {
    return await this.transport.ask(`/operations/${operationId}/failure`, { signal });
  }

  /** Loads one operation with its messages and warnings. */
  async operation(operationId: number, signal: AbortSignal): Promise<OperationWithMessages> {
    return await this.transport.ask(`/operations/${operationId}`, { signal });
  }
}

function stackPath({ stack_id, hostId, name }: Stack): string {
  if (stack_id !== null) return `/stacks/${stack_id}`;
  return `/projects/${encodeURIComponent(hostId)}/${encodeURIComponent(name)}`;
}

/** Returns the query of the options that are true. */
function flags(options: object): string {
  return Object.entries(options).flatMap(([name, isSet]) => isSet ? [`${name}=1`] : []).join("&");
}
