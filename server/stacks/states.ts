/** The state of each project's containers, as far as its host can be read. */
import { pause } from "../duration.ts";
import type { Container } from "../docker/container.ts";
import { isOfProject } from "../docker/text/membership.ts";
import { getLogger } from "../log/log.ts";
import type { StackState } from "../protocol/stack_events.ts";
import type { StackService } from "../protocol/stacks.ts";
import type { Feed } from "../stats/feed.ts";
import type { Journal } from "../store/journal.ts";
import type { StackStore } from "../store/stack_store.ts";
import { checkMayChange, type StackHosts } from "./hosts.ts";
import { projectState, servicesOf, type StateContext } from "./project_state.ts";

/** State of a project, with a sentence for users, and its services. */
export interface FullState {
  readonly state: StackState;
  readonly message: string;
  /** True if a process of it runs, or will in a moment. */
  readonly isAlive: boolean;
  readonly services: StackService[];
}

/** Longest wait for the list of an engine after an operation, ms. */
const PATIENCE_MS = 3000;

const log = getLogger(["dockstat", "stacks"]);

/** States of projects. */
export class ProjectStates {
  constructor(
    readonly feed: Feed,
    readonly store: StackStore,
    readonly journal: Journal,
    readonly hosts: StackHosts,
  ) {}

  /** Returns the containers of a project; `undefined` while its host cannot be read. */
  containers(hostId: string, project: string): readonly Container[] | undefined {
    return this.feed.containers(hostId)?.filter((container) => isOfProject(container, project));
  }

  /** Returns the state of a project's containers. */
  of(hostId: string, project: string): StackState {
    return this.full(hostId, project).state;
  }

  /** Returns the state and the services of a project. */
  full(hostId: string, project: string): FullState {
    const containers = this.containers(hostId, project);
    const context = this.#context(hostId, project);
    const services = servicesOf(containers ?? [], context);
    if (containers === undefined) {
      return { state: "unknown", message: `Host "${hostId}" cannot be read now`, isAlive: false, services };
    }
    return { ...projectState(containers, context), services };
  }

  /** Returns the clock of the engine of a project's containers minus ours, ms; 0 without any. */
  clockOffset(hostId: string, project: string): number {
    return this.feed.ofProject(project, hostId)[0]?.clockOffsetMs ?? 0;
  }

  /** Refuses a change on a view-only host: throws `AppError` "forbidden" with the reason. */
  checkMayChange(hostId: string, what: string): void {
    checkMayChange(this.hosts, hostId, what);
  }

  /** Reads the containers of a host again after a change; never rejects. */
  async refresh(hostId: string): Promise<void> {
    const waiting = new AbortController();
    try {
      await Promise.race([this.feed.refresh(hostId), pause(PATIENCE_MS, waiting.signal)]);
    } catch (error) {
      log.debug("Cannot read the containers of host {hostId}: {error}", { hostId, error });
    } finally {
      waiting.abort();
    }
  }

  #context(hostId: string, project: string): StateContext {
    const last = this.journal.lastEnded(hostId, project);
    const stopped = last?.action === "stopping" && last.state === "succeeded" && last.target.kind === "stack";
    const wanted = this.store.named(hostId, project)?.services;
    return { wanted, stopped, now: () => Date.now() + this.clockOffset(hostId, project) };
  }
}
