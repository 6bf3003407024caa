/** Opens what stacks live on: the database, the files, Compose; and mends what a crash has left. */
import type { Compose } from "../compose/compose.ts";
import { getLogger } from "../log/log.ts";
import type { Operation } from "../protocol/operations.ts";
import type { Feed } from "../stats/feed.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../store/journal.ts";
import { recoverStacks } from "../store/stack_recovery.ts";
import { StackStore } from "../store/stack_store.ts";
import { Editor } from "./editor.ts";
import { runsInContainer, type StackHosts } from "./hosts.ts";
import { errorEvent } from "./events.ts";
import { Runner } from "./runner.ts";
import { Stacks } from "./stacks.ts";
import { Watcher } from "./watcher.ts";

/** How the stacks are opened. */
export interface StackOptions {
  /** The folder of what DockStat keeps; `undefined` keeps nothing. */
  readonly data: string | undefined;
  readonly compose: Compose;
  readonly hosts: StackHosts;
  readonly feed: Feed;
  /** How many operations run at once. */
  readonly parallel: number;
  /** Whether another server uses the folder: what has not ended there is its own, and goes on. */
  readonly shared: boolean;
}

/** The stacks, and what changes them. Disposing it interrupts what runs and closes the database. */
export interface OpenStacks extends AsyncDisposable {
  readonly stacks: Stacks;
  readonly editor: Editor;
}

const log = getLogger(["dockstat", "stacks"]);

/**
 * Opens the stacks of a data folder.
 *
 * @throws {AppError} "failed" when the folder cannot be used.
 */
export async function openStacks(
  { data, compose, hosts, feed, parallel, shared }: StackOptions,
): Promise<OpenStacks> {
  await using stack = new AsyncDisposableStack();
  if (data !== undefined) await Deno.mkdir(data, { recursive: true, mode: 0o700 });
  const database = openDatabase(data === undefined ? ":memory:" : `${data}/dockstat.db`);
  stack.defer(() => database.close());
  const journal = new Journal(database);
  const store = new StackStore(database, data ?? "");
  if (data !== undefined && !shared) await recoverStacks(store);
  const runner = stack.use(new Runner(compose, journal, parallel));
  for (const operation of shared ? [] : journal.unended()) await mend(operation, journal, store, runner);
  stack.use(new Watcher(feed, store, runner));
  const stacks = new Stacks({ store, journal, runner, feed, hosts });
  const editor = new Editor(stacks, compose, runsInContainer());
  const ended = stack.move();
  return { stacks, editor, [Symbol.asyncDispose]: () => ended.disposeAsync() };
}

/** An operation that a crash has interrupted is over, and everybody is told. */
async function mend(
  operation: Operation,
  journal: Journal,
  store: StackStore,
  runner: Runner,
): Promise<void> {
  const { operation_id: id, stack_id, action } = operation;
  if (action === "removing" && stack_id !== null && store.get(stack_id) === undefined) {
    journal.kept(id, await store.files.left(stack_id));
    journal.ended(id, "succeeded", 0, null);
    runner.publish({ type: "stack-removed", data: { stack_id, message: "Stack removed successfully" } }, id);
    return;
  }
  log.warn("Operation {id} was interrupted: DockStat ended while it ran", { id });
  journal.ended(id, "interrupted", null, "DockStat ended while it ran");
  runner.publish(errorEvent(operation, "interrupted: DockStat ended while it ran"), id);
}
