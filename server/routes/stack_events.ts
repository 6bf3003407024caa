/** The socket `/stacks`: every event of every stack. */
import type { Queue } from "../hub.ts";
import { parseOptions } from "../http/query.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { JournalEntry } from "../store/journal.ts";
import { idOption } from "./stacks.ts";

/** So many events are read of the journal at once. */
const PAGE = 500;
/** So many may wait for a slow reader; it comes back with `since` then. */
const LONGEST_QUEUE = 5000;

interface Wish {
  readonly stackId: number | undefined;
  /** Where to begin; `undefined` for a client that wants no numbers. */
  readonly since: number | undefined;
}

/**
 * Checks the options, and returns what then serves the socket.
 *
 * @throws {AppError} "malformed" for a wrong option.
 */
export function openStackEvents(url: URL, stacks: Stacks): (client: Client) => Promise<void> {
  const values = parseOptions(url.searchParams, { stack_id: idOption, since: idOption });
  const wish = { stackId: values.stack_id[0], since: values.since[0] };
  return (client) => sendEvents(client, wish, stacks);
}

async function sendEvents(client: Client, wish: Wish, stacks: Stacks): Promise<void> {
  const { runner, journal } = stacks.parts;
  const queue = new Backlog();
  const coming = runner.events.subscribe(queue, client.signal);
  const send = async (entries: readonly JournalEntry[]) => {
    for (const entry of entries) {
      if (!client.hasRoom()) await client.room();
      if (wish.stackId === undefined || entry.stackId === wish.stackId) client.send(frame(entry, wish));
    }
  };
  // A number that is not reached yet is of another data folder: then everything is new.
  let last = wish.since === undefined || wish.since > journal.newest ? 0 : wish.since;
  if (wish.since === undefined) await send(runner.all().flatMap(({ resources }) => [...resources.values()]));
  else {
    for (let page = journal.after(last, PAGE); page.length > 0; page = journal.after(last, PAGE)) {
      await send(page);
      if (client.signal.aborted) return;
      last = page.at(-1)!.seq;
    }
  }
  for await (const entries of coming) {
    if (queue.overflowed) return client.close(CLOSE.tooSlow, "too slow: come back with since");
    await send(entries.filter(({ seq }) => seq > last));
  }
}

/** Events are never dropped: who is too slow for them is sent away, and comes back with `since`. */
class Backlog implements Queue<JournalEntry> {
  #entries: JournalEntry[] = [];
  overflowed = false;

  push(entries: readonly JournalEntry[]): void {
    if (this.#entries.length + entries.length > LONGEST_QUEUE) this.overflowed = true;
    else this.#entries.push(...entries);
  }

  take(): readonly JournalEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }
}

function frame({ event, seq }: JournalEntry, { since }: Wish): string {
  return JSON.stringify(since === undefined ? event : { ...event, seq });
}
