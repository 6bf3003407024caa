/** Pure: events and operations for clients without the token, which never receive text of Compose or the engine. */
import type { Operation, OperationWithMessages } from "../protocol/operations.ts";
import type { DetailedStackEvent, ResourceKind, StepProgress } from "../protocol/stack_events.ts";
import type { StackVersion } from "../protocol/stack_versions.ts";
import { ENGINE_NOT_REACHABLE } from "./run/engine_work.ts";

/** Replaces text that may contain secrets of a compose file. */
export const HIDDEN = "Sign in to see the details.";

/** Reasons that DockStat itself gives, which contain no text of others. */
const OWN_REASON = new RegExp(`^(${ENGINE_NOT_REACHABLE}|(interrupted: )?DockStat ended while it ran)$`);

/** Resources whose names come from build files, and so may contain secrets. */
const PRIVATE_KINDS: readonly ResourceKind[] = ["step"];

/** Returns an event without text of Compose or the engine. */
export function publicEvent(event: DetailedStackEvent): DetailedStackEvent {
  if (event.type === "stack-error") {
    const [, start = "", reason = ""] =
      /^(Error while [\w ]+ (?:stack|project|service|container|image|volume|network|host) "[^"]*": )(.*)$/s
        .exec(event.data.message) ??
        [];
    return { ...event, data: { ...event.data, message: start + publicReason(reason) } };
  }
  if (event.type !== "stack-progress") return event;
  const { resource, state } = event.data;
  const isPrivate = resource !== null && PRIVATE_KINDS.includes(resource.kind);
  if (!isPrivate && (state === "working" || state === "done")) return event;
  return { ...event, data: { ...event.data, ...publicStep(event.data, isPrivate) } };
}

function publicStep({ resource, verb }: StepProgress, isPrivate: boolean) {
  if (isPrivate) return { resource: null, verb: null, message: HIDDEN };
  const message = resource === null ? HIDDEN : `${resource.kind} ${resource.name}: ${HIDDEN}`;
  return { message, verb };
}

/** Returns an operation without text of Compose or the engine. */
export function publicOperation({ kept: _paths, ...operation }: Operation): Operation {
  return { ...operation, error: operation.error === null ? null : publicReason(operation.error) };
}

/** Returns an operation with its messages, without text of Compose or the engine. */
export function publicDetails(
  { warnings, events, messages: _, ...operation }: OperationWithMessages,
): OperationWithMessages {
  const shown = events.map((event) => ({
    ...publicEvent(event),
    ...event.seq === undefined ? {} : { seq: event.seq },
  }));
  return {
    ...publicOperation(operation),
    messages: shown.map(({ data }) => data.message),
    warnings: warnings.map(() => HIDDEN),
    events: shown,
  };
}

/** Returns a version without the name of a file: the list of files needs the token. */
export function publicVersion(version: StackVersion): StackVersion {
  return { ...version, reason: version.reason.replace(/^(added|changed|deleted) .*$/s, "$1 a file") };
}

function publicReason(reason: string): string {
  return OWN_REASON.test(reason) ? reason : HIDDEN;
}

/** Replaces the engine client's text for an engine that cannot be reached; the host's state has the details. */
export function failureReason(error: string): string {
  const unreachable =
    /cannot connect to the docker daemon|error during connect|failed to connect to the docker api/i;
  return unreachable.test(error) ? ENGINE_NOT_REACHABLE : error;
}
