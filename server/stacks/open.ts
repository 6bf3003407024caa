/** Opens the database, the files and Compose, and recovers after a crash. */
import type { DatabaseSync } from "node:sqlite";
import type { Compose } from "../compose/compose.ts";
import { getLogger } from "../log/log.ts";
import type { Operation } from "../protocol/operations.ts";
import type { Feed } from "../stats/feed.ts";
import { openDatabase } from "../store/database.ts";
import { AuditStore } from "../store/past/audit_store.ts";
import { DraftStore } from "../store/drafts/draft_store.ts";
import { EventStore } from "../store/past/event_store.ts";
import { ServiceUpdates } from "../store/images/service_updates.ts";
import { Journal } from "../store/journal.ts";
import { recoverStacks } from "../store/stack_recovery.ts";
import { StackStore } from "../store/stack_store.ts";
import { SwarmTextStore } from "../store/swarm/swarm_texts.ts";
import { Timeline } from "../timeline/timeline.ts";
import { Adopter } from "./adopter.ts";
import { Contents } from "./contents.ts";
import { DeploymentPreview } from "./deployment_preview.ts";
import { Editor } from "./editor.ts";
import { ownPlace, type StackHosts } from "./hosts.ts";
import { errorEvent, operationOwner, removedEvent } from "./progress/events.ts";
import { Removal } from "./removal.ts";
import { Runner } from "./runner.ts";
import { Stacks } from "./stacks.ts";
import { ProjectStates } from "./states.ts";
import { Watcher } from "./watcher.ts";

/** Options for {@linkcode openStacks}. */
export interface StackOptions {
  /** Data folder; `undefined` stores nothing. */
  readonly data: string | undefined;
  readonly compose: Compose;
  readonly hosts: StackHosts;
  readonly feed: Feed;
  /** Number of operations that may run at once. */
  readonly parallel: number;
  /** Keys that compose files may have beside those of the Compose specification. */
  readonly allowKeys: readonly string[];
  /** True when another server uses the folder, so that its operations are left alone. */
  readonly shared: boolean;
}

/** Stacks and their editor. Disposing it interrupts running operations and closes the database. */
export interface OpenStacks extends AsyncDisposable {
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly adopter: Adopter;
  readonly contents: Contents;
  readonly removal: Removal;
  readonly deploymentPreview: DeploymentPreview;
  readonly runner: Runner;
  readonly journal: Journal;
  readonly store: StackStore;
  readonly imageUpdates: ServiceUpdates;
  readonly swarmTexts: SwarmTextStore;
  readonly drafts: DraftStore;
  /** The database, which holds the sessions too. */
  readonly database: DatabaseSync;
  readonly timeline: Timeline;
  readonly audit: AuditStore;
}

const log = getLogger(["dockstat", "stacks"]);

/**
 * Opens the stacks of a data folder.
 *
 * @throws {AppError} "failed" when the folder cannot be used.
 */
export async function openStacks(
  { data, compose, hosts, feed, parallel, allowKeys, shared }: StackOptions,
): Promise<OpenStacks> {
  await using stack = new AsyncDisposableStack();
  if (data !== undefined) await Deno.mkdir(data, { recursive: true, mode: 0o700 });
  const database = openDatabase(data === undefined ? ":memory:" : `${data}/dockstat.db`);
  stack.defer(() => database.close());
  const journal = new Journal(database);
  const store = new StackStore(database, data ?? "");
  if (data !== undefined && !shared) await recoverStacks(store);
  const states = new ProjectStates(feed, store, journal, hosts);
  const timeline = stack.use(new Timeline({ feed, events: new EventStore(database), journal, store }));
  const runner = stack.use(new Runner(states, journal, parallel, timeline));
  for (const operation of shared ? [] : journal.unended()) await mend(operation, journal, store, runner);
  stack.use(new Watcher(feed, store, runner, states));
  // The other server stores the events.
  if (!shared) timeline.observe();
  const imageUpdates = new ServiceUpdates(database);
  const swarmTexts = new SwarmTextStore(database);
  const parts = {
    store,
    imageUpdates,
    swarmTexts,
    journal,
    runner,
    feed,
    hosts,
    states,
    compose,
    allowKeys: new Set(allowKeys),
  };
  const stacks = new Stacks(parts);
  const editor = new Editor(stacks, parts, ownPlace());
  const ended = stack.move();
  const removal = new Removal(stacks, parts);
  const contents = new Contents(stacks, parts);
  const adopter = new Adopter(stacks, parts, editor.checker);
  const deploymentPreview = new DeploymentPreview(stacks, parts, editor.checker, adopter);
  return {
    ...{ stacks, editor, adopter, contents, removal, deploymentPreview, runner, journal, store },
    ...{ imageUpdates, swarmTexts },
    drafts: new DraftStore(database),
    database,
    timeline,
    audit: new AuditStore(database),
    [Symbol.asyncDispose]: () => ended.disposeAsync(),
  };
}

/** Ends an operation that a crash interrupted, and reports it. */
async function mend(
  operation: Operation,
  journal: Journal,
  store: StackStore,
  runner: Runner,
): Promise<void> {
  const { operation_id: id, stack_id, action, target } = operation;
  const removesStack = action === "removing" && target.kind === "stack";
  if (removesStack && stack_id !== null && store.get(stack_id) === undefined) {
    journal.kept(id, await store.files.left(stack_id));
    journal.ended(id, "succeeded", 0, null);
    runner.publish(removedEvent(operationOwner(operation), "Stack removed successfully"));
    return;
  }
  log.warn("Operation {id} was interrupted: DockStat ended while it ran", { id });
  journal.ended(id, "interrupted", null, "DockStat ended while it ran");
  runner.publish(errorEvent(operation, "interrupted: DockStat ended while it ran"));
}
