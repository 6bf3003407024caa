/** Pure: lines of the timeline and of the audit journal. */
import { printable } from "../../log/format.ts";
import type { AuditEntry, TimelineEvent, TimelineKind } from "../../protocol/past/timeline.ts";

/** Longest printed message. */
const LONGEST_MESSAGE = 200;

const TEXTS: Readonly<Record<TimelineKind, string>> = {
  create: "created",
  start: "started",
  restart: "restarted",
  exit: "exited",
  oom: "killed because memory ran out",
  health: "health changed",
  pause: "paused",
  unpause: "continued",
  rename: "renamed",
  limits: "limits changed",
  remove: "removed",
  deploy: "deployed",
  operation: "operation ended",
  outage: "host cannot be read",
  return: "host can be read again",
};

/** Formats an event for a terminal, in local time and without a line end. */
export function eventLine(event: TimelineEvent): string {
  const { timestamp, hostId, name, message, late, count, hasLog, id } = event;
  const said = message?.trim().slice(0, LONGEST_MESSAGE) ?? "";
  const shown = said === "" ? "" : `: ${said}`;
  const notes = [
    ...count > 1 ? [`${count} times`] : [],
    ...late ? ["noticed late"] : [],
    ...hasLog ? [`log kept: event ${id}`] : [],
  ];
  const after = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
  const what = name === null ? hostId : `${hostId}/${name}`;
  return printable(`${localTime(timestamp)}  ${what}  ${textOf(event)}${shown}${after}`);
}

/** Formats an entry of the audit journal for a terminal, in local time and without a line end. */
export function auditLine({ timestamp, action, target, status, actor, address }: AuditEntry): string {
  const refused = status === 401 ? " (refused)" : "";
  return printable(`${localTime(timestamp)}  ${address}  ${actor}  ${action} ${target}${refused}`);
}

function textOf({ kind, exitCode, state, action }: TimelineEvent): string {
  if (kind === "exit" && exitCode !== null) return `exited with code ${exitCode}`;
  if (kind === "health" && state !== null) return state;
  if (action !== null) return `${action} ${state ?? ""}`.trim();
  return TEXTS[kind];
}

/** Formats a time for a terminal, in local time. */
export function localTime(timestamp: string): string {
  const date = new Date(timestamp);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${date.toTimeString().slice(0, 8)}`;
}
