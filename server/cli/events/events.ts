/** `dockstat events`: prints the timeline or the audit journal of a running DockStat. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { pause } from "../../duration.ts";
import type { AuditEntry, AuditPage, TimelineEvent, TimelinePage } from "../../protocol/past/timeline.ts";
import { openServerClient, type ServerClient } from "../server_client.ts";
import { print, printError } from "../terminal.ts";
import type { EventRequest } from "./flags.ts";
import { auditLine, eventLine } from "./line.ts";

/** Interval at which new events are requested, ms. */
const POLL_MS = 1000;
/** Size of a page. */
const PAGE = "1000";

type Item = TimelineEvent | AuditEntry;

interface Items {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/**
 * Prints events, and with `follow` new ones until the signal aborts or the reader of the output has gone.
 *
 * @throws {AppError} "unavailable" when no server answers, "failed" when it refuses.
 */
export async function runEvents(request: EventRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  let newest = 0;
  const show = (items: readonly Item[]) =>
    items.every((item) => {
      newest = Math.max(newest, item.id);
      return print(`${request.json ? JSON.stringify(item) : lineOf(item)}\n`);
    });
  const found = await past(client, request, signal);
  // On standard error, so that a script receives events only.
  if (found.length === 0 && !request.follow) printError("Nothing found\n");
  if (!show(found) || !request.follow) return;
  while (!signal.aborted) {
    await pause(POLL_MS, signal);
    if (signal.aborted) return;
    const { items } = await read(client, request, { after: String(newest), tail: PAGE }, signal);
    if (!show(items)) return;
  }
}

async function past(client: ServerClient, request: EventRequest, signal: AbortSignal): Promise<Item[]> {
  if (!request.all) return [...(await read(client, request, {}, signal)).items];
  const newest: Items = await read(client, request, { tail: PAGE }, signal);
  const found: Item[] = [...newest.items];
  for (let next = newest.next; next !== null;) {
    const page: Items = await read(client, request, { tail: PAGE, next }, signal);
    found.unshift(...page.items);
    next = page.next;
  }
  return found;
}

async function read(
  client: ServerClient,
  { path, query }: EventRequest,
  more: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Items> {
  const options = new URLSearchParams([...query.map((pair) => [...pair]), ...Object.entries(more)]);
  const page = await client.ask<TimelinePage | AuditPage>(`${path}?${options}`, { signal });
  return { items: "events" in page ? page.events : page.entries, next: page.next };
}

function lineOf(item: Item): string {
  return "kind" in item ? eventLine(item) : auditLine(item);
}
