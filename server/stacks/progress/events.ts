/** Builds the events of `/stacks` and converts them to the shape without detail. */
import type { Operation } from "../../protocol/operations.ts";
import type {
  DetailedStackEvent,
  EventTarget,
  StackEvent,
  StackState,
  StackStatus,
  StepProgress,
} from "../../protocol/stack_events.ts";

/** Limit of a message, bytes of UTF-8. */
const MAX_MESSAGE = 4096;

/** The stack or project that an event is about. */
export interface EventOwner {
  /** `null` for a project that DockStat did not create. */
  readonly stackId: number | null;
  readonly hostId: string;
  /** `null` for a container that belongs to no project. */
  readonly project: string | null;
  /** `null` outside of an operation. */
  readonly operationId: number | null;
  readonly target: EventTarget;
}

/** Returns the owner of the events of an operation. */
export function operationOwner({ stack_id, hostId, project, operation_id, target }: Operation): EventOwner {
  return { stackId: stack_id, hostId, project, operationId: operation_id, target };
}

/** Returns the owner of the events of a stack outside of operations. */
export function stackOwner(
  { stackId, hostId, name }: { readonly stackId: number; readonly hostId: string; readonly name: string },
): EventOwner {
  return { stackId, hostId, project: name, operationId: null, target: stackTarget(stackId, name) };
}

/** Returns the target of a stack, or of a project that DockStat did not create. */
export function stackTarget(stackId: number | null, name: string): EventTarget {
  return { kind: "stack", name, id: stackId === null ? null : String(stackId) };
}

/** Builds an event about the status of a stack or project. */
export function statusEvent(
  owner: EventOwner,
  status: StackStatus,
  message: string,
  state: StackState,
): DetailedStackEvent {
  const data = { ...detailOf(owner), status, stack_state: state, message: shortened(message) };
  return { type: "stack-status", data };
}

/** Builds the event of a removed stack. */
export function removedEvent(owner: EventOwner, message: string): DetailedStackEvent {
  return { type: "stack-removed", data: { ...detailOf(owner), message } };
}

/** The step of a message about the whole operation. */
const NO_STEP: StepProgress = {
  resource: null,
  state: "working",
  verb: null,
  percent: null,
  current: null,
  total: null,
};

/** Builds the event of a step of an operation. */
export function progressEvent(
  operation: Operation,
  message: string,
  step: Partial<StepProgress> = {},
): DetailedStackEvent {
  return { type: "stack-progress", data: { ...stepData(operation, message), ...NO_STEP, ...step } };
}

/** Builds the event of a failed operation. */
export function errorEvent(operation: Operation, reason: string): DetailedStackEvent {
  const { stack_id, project, action, target } = operation;
  const name = target.kind !== "stack"
    ? `${target.kind} "${target.name}"`
    : stack_id === null
    ? `project "${project}"`
    : `stack "${stack_id}"`;
  return { type: "stack-error", data: stepData(operation, `Error while ${action} ${name}: ${reason}`) };
}

function stepData(operation: Operation, message: string) {
  const timestamp = new Date().toISOString();
  return {
    ...detailOf(operationOwner(operation)),
    action: operation.action,
    message: shortened(message),
    timestamp,
  };
}

function detailOf({ stackId, hostId, project, operationId, target }: EventOwner) {
  return { stack_id: stackId, host_id: hostId, project, operation_id: operationId, target };
}

/** Cuts the middle out of a long message: both its beginning and its end may have the reason. */
function shortened(message: string): string {
  // A character takes three bytes at most.
  if (message.length * 3 <= MAX_MESSAGE) return message;
  const bytes = new TextEncoder().encode(message);
  if (bytes.length <= MAX_MESSAGE) return message;
  const half = MAX_MESSAGE / 2 - 2;
  return `${wholeCharacters(bytes.subarray(0, half))}…${wholeCharacters(bytes.subarray(-half))}`;
}

/** Decodes a part of a text, without the characters that are cut at its ends. */
function wholeCharacters(bytes: Uint8Array): string {
  const isInside = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
  let from = 0;
  while (isInside(bytes[from])) from++;
  const text = new TextDecoder("utf-8", { ignoreBOM: true });
  // A stream keeps an incomplete character at the end back.
  return text.decode(bytes.subarray(from), { stream: true });
}

/** Converts an event to the shape without `detail=full`. */
export function withoutDetail(event: DetailedStackEvent): StackEvent {
  const { stack_id, project, message } = event.data;
  const owner = stack_id === null && project !== null ? { stack_id, project } : { stack_id };
  switch (event.type) {
    case "stack-status":
      return { type: event.type, data: { ...owner, status: event.data.status, message } };
    case "stack-removed":
      return { type: event.type, data: { ...owner, message } };
    case "stack-progress":
    case "stack-error": {
      const { action, timestamp } = event.data;
      return { type: event.type, data: { ...owner, action, message, timestamp } };
    }
  }
}
