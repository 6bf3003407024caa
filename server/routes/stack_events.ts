/** The socket `/stacks`: every event of every stack. */
import type { Queue } from "../hub.ts";
import { type Option, parseOptions } from "../http/query.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import { withoutDetail } from "../stacks/progress/events.ts";
import { publicEvent } from "../stacks/public_view.ts";
import type { Runner } from "../stacks/runner.ts";
import type { JournalEntry } from "../store/journal.ts";
import { idOption } from "./operations.ts";
import { type Replays, TOO_SLOW } from "./stack_replay.ts";

/** Limit of events that wait for a slow client; it can continue with `since`. */
const MAX_QUEUE = 5000;

const fullOption: Option<"full"> = {
  parse: (text) => text === "full" ? text : undefined,
  expected: "full",
};

/** Sources of events: running operations, and replays of stored events. */
export interface EventSources {
  readonly runner: Runner;
  readonly replays: Replays;
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
  { runner, replays }: EventSources,
): Promise<void> {
  const { since, trusted } = options;
  const queue = new Backlog();
  const coming = runner.events.subscribe(queue, client.signal);
  const send = async (entries: readonly JournalEntry[]) => {
    for (const entry of entries) {
      if (!isWanted(entry, options)) continue;
      if (!client.hasRoom()) await client.room();
      if (client.signal.aborted) return;
      client.send(frame(entry, options));
    }
  };
  // A number beyond the newest event comes from another data folder, so every event is new.
  let last = since === undefined || since > replays.journal.newest ? 0 : since;
  if (since === undefined) await send(runner.all().flatMap(({ resources }) => [...resources.values()]));
  else last = await replays.replay(client, trusted, last, send);
  for await (const entries of coming) {
    if (queue.overflowed) return client.close(CLOSE.tooSlow, TOO_SLOW);
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

function frame(entry: JournalEntry, options: StackEventOptions): string {
  const text = options.trusted && options.isDetailed ? entry.text : shapedText(entry, options);
  return options.since === undefined ? text : `${text.slice(0, -1)},"seq":${entry.seq}}`;
}

/** Texts of events in shapes other than the stored one; clients that share an event share them. */
const shapedTexts = new WeakMap<JournalEntry, Map<string, string>>();

function shapedText(entry: JournalEntry, { isDetailed, trusted }: StackEventOptions): string {
  const texts = shapedTexts.get(entry) ?? new Map<string, string>();
  shapedTexts.set(entry, texts);
  const shape = `${isDetailed} ${trusted}`;
  const known = texts.get(shape);
  if (known !== undefined) return known;
  const visible = trusted ? entry.event : publicEvent(entry.event);
  const text = JSON.stringify(isDetailed ? visible : withoutDetail(visible));
  texts.set(shape, text);
  return text;
}
