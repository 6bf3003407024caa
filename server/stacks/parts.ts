/** The parts that stacks are built from. */
import type { Compose } from "../compose/compose.ts";
import type { Feed } from "../stats/feed.ts";
import type { ServiceUpdates } from "../store/images/service_updates.ts";
import type { Journal } from "../store/journal.ts";
import type { StackStore } from "../store/stack_store.ts";
import type { SwarmTextStore } from "../store/swarm/swarm_texts.ts";
import type { StackHosts } from "./hosts.ts";
import type { Runner } from "./runner.ts";
import type { ProjectStates } from "./states.ts";

/** Parts that stacks are built from. */
export interface StackParts {
  readonly store: StackStore;
  /** Updates of the images of services. */
  readonly imageUpdates: ServiceUpdates;
  /** Texts of the stacks of swarms. */
  readonly swarmTexts: SwarmTextStore;
  readonly journal: Journal;
  readonly runner: Runner;
  readonly feed: Feed;
  readonly hosts: StackHosts;
  readonly states: ProjectStates;
  readonly compose: Compose;
  /** Keys that compose files may have beside those of the Compose specification. */
  readonly allowKeys: ReadonlySet<string>;
}
