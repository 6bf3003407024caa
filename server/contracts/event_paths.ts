/** Paths of the timeline, kept samples and the audit journal, a part of the table behind `/openapi.json`. */
import type { HttpPath } from "./http_operation.ts";
import { AUDIT_FILTERS, EVENT_FILTERS, HISTORY_OPTIONS, REPORT_OPTIONS } from "./past_options.ts";

/** Paths of events. */
export const EVENT_PATHS: Readonly<Record<string, HttpPath>> = {
  "/events": {
    get: {
      id: "getEvents",
      summary: "Timeline of containers, operations and hosts; without the token messages are hidden",
      tag: "containers",
      need: "view",
      query: EVENT_FILTERS,
      answers: {
        200: { description: "Oldest first; the newest 100 unless tail is given.", schema: "TimelinePage" },
      },
    },
  },
  "/events/{id}/log": {
    get: {
      id: "getEventLog",
      summary: "Last lines of a container that an operation has removed",
      tag: "containers",
      need: "secrets",
      answers: { 200: { description: "Each line after its timestamp.", type: "text/plain; charset=utf-8" } },
      refusals: [404],
    },
  },
  "/history": {
    get: {
      id: "getHistory",
      summary: "Kept samples of containers and hosts; more than the last 10 minutes need the token",
      tag: "containers",
      need: "view",
      query: HISTORY_OPTIONS,
      answers: {
        200: {
          description: "Mean, minimum and maximum over time; CSV for Accept: text/csv.",
          schema: "KeptHistory",
          also: "text/csv; charset=utf-8",
        },
      },
    },
  },
  "/report": {
    get: {
      id: "getReport",
      summary: "What restarted, failed, grew or ran out; without the token messages and growth are left out",
      tag: "containers",
      need: "view",
      query: REPORT_OPTIONS,
      answers: {
        200: { description: "Findings of the last 12 hours, or of the time span.", schema: "Report" },
      },
    },
  },
  "/audit": {
    get: {
      id: "getAudit",
      summary: "Sign-ins, revealed secrets, removals and changes",
      tag: "server",
      need: "secrets",
      query: AUDIT_FILTERS,
      answers: {
        200: { description: "Oldest first; the newest 100 unless tail is given.", schema: "AuditPage" },
      },
    },
  },
};
