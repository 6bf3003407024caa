import type { Operation } from "../protocol/operations.ts";
import type { StackEvent } from "../protocol/stack_events.ts";

/** Whose event it is: a stack's, or a project's that DockStat did not create. */
export function eventOwner({ stack_id, project }: Operation): { stack_id: number | null; project?: string } {
  return stack_id === null ? { stack_id, project } : { stack_id };
}

/** A step of an operation. */
export function progressEvent(operation: Operation, message: string): StackEvent {
  const { action } = operation;
  const timestamp = new Date().toISOString();
  return { type: "stack-progress", data: { ...eventOwner(operation), action, message, timestamp } };
}

/** The end of an operation that went wrong. */
export function errorEvent(operation: Operation, words: string): StackEvent {
  const { stack_id, project, action } = operation;
  const what = stack_id === null ? `project "${project}"` : `stack "${stack_id}"`;
  const message = `Error while ${action} ${what}: ${words}`;
  const timestamp = new Date().toISOString();
  return { type: "stack-error", data: { ...eventOwner(operation), action, message, timestamp } };
}
