/** The socket `/stacks`: every event of every stack. */
import type { Queue } from "../hub.ts";
import { type Option, parseOptions } from "../http/query.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import { withoutDetail } from "../stacks/progress/events.ts";
import { publicEvent } from "../stacks/public_view.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Journal, JournalEntry } from "../store/journal.ts";
import { idOption } from "./operations.ts";

/** Number of events that are read from the journal at once. */
const PAGE = 500;
/** Limit of events that wait for a slow client; it can continue with `since`. */
const MAX_QUEUE = 5000;

const fullOption: Option<"full"> = {
  parse: (text) => text === "full" ? text : undefined,
  expected: "full",
};

/** Sources of events: running operations, and the journal for replays. */
export interface EventSources {
  readonly runner: Runner;
  readonly journal: Journal;
}

interface StackEventOptions {
  readonly stackId: number | undefined;
  /** Number of the event before the first one to send; `undefined` for clients that need no numbers. */
  readonly since: number | undefined;
  readonly isDetailed: boolean;
  /** False for clients that never receive text of Compose or the engine. */
  readonly trusted: boolean;
}

/**
 * Checks the options and returns the function that serves the socket.
 *
 * @throws {AppError} "malformed" for a wrong option.
 */
export function openStackEvents(
  url: URL,
  sources: EventSources,
  trusted: boolean,
): (client: Client) => Promise<void> {
  const { stack_id, since, detail } = parseOptions(url.searchParams, {
    stack_id: idOption,
    since: idOption,
    detail: fullOption,
  });
  const options = { stackId: stack_id[0], since: since[0], isDetailed: detail[0] !== undefined, trusted };
  return (client) => sendEvents(client, options, sources);
}

async function sendEvents(
  client: Client,
  options: StackEventOptions,
  { runner, journal }: EventSources,
): Promise<void> {
  const { since } = options;
  const queue = new Backlog();
  const coming = runner.events.subscribe(queue, client.signal);
  const send = async (entries: readonly JournalEntry[]) => {
    for (const entry of entries) {
      if (!isWanted(entry, options)) continue;
      if (!client.hasRoom()) await client.room();
      client.send(frame(entry, options));
    }
  };
  // A number beyond the newest event comes from another data folder, so every event is new.
  let last = since === undefined || since > journal.newest ? 0 : since;
  if (since === undefined) await send(runner.all().flatMap(({ resources }) => [...resources.values()]));
  else {
    for (let page = journal.after(last, PAGE); page.length > 0; page = journal.after(last, PAGE)) {
      await send(page);
      if (client.signal.aborted) return;
      last = page.at(-1)!.seq;
    }
  }
  for await (const entries of coming) {
    if (queue.overflowed) return client.close(CLOSE.tooSlow, "too slow: reconnect with since");
    await send(entries.filter(({ seq }) => seq > last));
  }
}

/** Clients without options receive the events of stacks only, not those of other projects. */
function isWanted(
  { stackId, detailOnly }: JournalEntry,
  { stackId: wanted, since, isDetailed }: StackEventOptions,
): boolean {
  if (detailOnly && !isDetailed) return false;
  return wanted === undefined ? stackId !== null || since !== undefined || isDetailed : stackId === wanted;
}

/** Queue that drops no event: a client that is too slow is disconnected and can continue with `since`. */
class Backlog implements Queue<JournalEntry> {
  #entries: JournalEntry[] = [];
  overflowed = false;

  push(entries: readonly JournalEntry[]): void {
    if (this.#entries.length + entries.length > MAX_QUEUE) this.overflowed = true;
    else this.#entries.push(...entries);
  }

  take(): readonly JournalEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }
}

function frame({ event, seq }: JournalEntry, { since, isDetailed, trusted }: StackEventOptions): string {
  const visible = trusted ? event : publicEvent(event);
  const shown = isDetailed ? visible : withoutDetail(visible);
  return JSON.stringify(since === undefined ? shown : { ...shown, seq });
}
