/** The past over HTTP: the timeline with kept logs, kept samples, the report, and the audit journal. */
import { AppError } from "../errors.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Handler, Path } from "../http/router.ts";
import {
  AUDIT_ACTIONS,
  type AuditPage,
  TIMELINE_KINDS,
  type TimelineEvent,
  type TimelinePage,
} from "../protocol/past/timeline.ts";
import { HIDDEN } from "../stacks/public_view.ts";
import type { AuditStore } from "../store/past/audit_store.ts";
import type { EventPlace } from "../store/past/event_rows.ts";
import type { EventStore } from "../store/past/event_store.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { container, hostOption, moment, oneOf, withoutOptions } from "./filters.ts";
import { historyPath, type HistoryServices } from "./history.ts";
import { idOf, idOption } from "./operations.ts";
import { getReport } from "./report.ts";

/** Services of these paths. */
export interface EventServices extends HistoryServices {
  readonly audit: AuditStore;
}

/** Number of events in a page unless `tail` is given, and the maximum. */
const PAGE = 100;
const LARGEST_PAGE = 1000;
/** Number of values of a repeatable filter. */
const MOST_FILTERS = 100;

const tail: Option<number> = {
  parse: (text) =>
    /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST_PAGE ? Number(text) : undefined,
  expected: `a whole number from 1 to ${LARGEST_PAGE}`,
};
const place: Option<EventPlace> = {
  parse: (text) => {
    const [, at, id] = /^(\d{1,16})_(\d{1,15})$/.exec(text) ?? [];
    return at === undefined ? undefined : { at: Number(at), id: Number(id) };
  },
  expected: "next of an earlier page",
};
const repeatable = { repeatable: true, max: MOST_FILTERS } as const;
const project: Option<string> = {
  parse: (text) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(text) ? text : undefined,
  expected: "the name of a project",
  ...repeatable,
};

/** Returns the paths of the past. */
export function eventPaths(services: EventServices): Readonly<Record<string, Path>> {
  const { parts: { events } } = services.timeline;
  return {
    "/events": { GET: getEvents(services) },
    "/events/{id}/log": {
      need: "secrets",
      fileName: (_url, { id }) => `event-${id}`,
      GET: withoutOptions(({ params }) => getLog(idOf(params, "event"), services.timeline, events)),
    },
    "/history": historyPath(services),
    "/report": { GET: getReport(services) },
    "/audit": { need: "secrets", GET: getAudit(services.audit) },
  };
}

function getEvents({ feed, timeline }: EventServices): Handler {
  return ({ url, trusted }) => {
    const query = parseOptions(url.searchParams, {
      container,
      host: hostOption(feed.hostIds),
      stack: { ...idOption, ...repeatable },
      project,
      kind: { ...oneOf(TIMELINE_KINDS), ...repeatable },
      ...{ since: moment, until: moment, tail, next: place, after: idOption },
    });
    timeline.flush();
    const limit = query.tail[0] ?? PAGE;
    const filter = {
      containers: query.container,
      hosts: query.host,
      stacks: query.stack,
      projects: query.project,
      kinds: query.kind,
      ...{ since: query.since[0], until: query.until[0], after: query.after[0], before: query.next[0] },
    };
    const { page, more } = cut(timeline.parts.events.page(filter, limit + 1), limit, filter.after);
    const [oldest] = page;
    const body: TimelinePage = {
      events: trusted ? page : page.map(withoutMessage),
      next: more && oldest !== undefined ? `${Date.parse(oldest.timestamp)}_${oldest.id}` : null,
    };
    return jsonResponse(body);
  };
}

function withoutMessage(event: TimelineEvent): TimelineEvent {
  return { ...event, message: event.message === null ? null : HIDDEN };
}

/** Removes the surplus item that shows whether older ones follow; newer pages are read by `after`. */
function cut<T>(found: readonly T[], limit: number, after: number | undefined): { page: T[]; more: boolean } {
  if (after !== undefined) return { page: found.slice(0, limit), more: false };
  return { page: found.slice(Math.max(found.length - limit, 0)), more: found.length > limit };
}

function getLog(id: number, timeline: Timeline, events: EventStore): Response {
  timeline.flush();
  const gzip = events.log(id);
  if (gzip === undefined) throw new AppError("not-found", `There is no log of event "${id}"`);
  const text = new Blob([gzip.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(text, { headers: { ...NO_STORE, "content-type": "text/plain; charset=utf-8" } });
}

function getAudit(audit: AuditStore): Handler {
  return ({ url }) => {
    const query = parseOptions(url.searchParams, {
      action: { ...oneOf(AUDIT_ACTIONS), ...repeatable },
      ...{ since: moment, until: moment, tail, next: idOption, after: idOption },
    });
    const limit = query.tail[0] ?? PAGE;
    const [after] = query.after;
    const filter = { since: query.since[0], until: query.until[0], after, before: query.next[0] };
    const { page, more } = cut(audit.page({ actions: query.action, ...filter }, limit + 1), limit, after);
    const [oldest] = page;
    const body: AuditPage = {
      entries: page,
      next: more && oldest !== undefined ? String(oldest.id) : null,
    };
    return jsonResponse(body);
  };
}
