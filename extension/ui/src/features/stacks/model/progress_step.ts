/** Pure: an event of a running operation → the step that its row shows. */
import type { DetailedStackEvent, ResourceKind } from "../../../../../../server/protocol/stack_events.ts";

/** Data of a progress event. */
export type ProgressData = Extract<DetailedStackEvent, { type: "stack-progress" }>["data"];

/** The state of a row; `unfinished` after a cancelled operation, `failed` after a failed one. */
export type StepState = ProgressData["state"] | "unfinished" | "failed";

/** One step of an operation. */
export interface Step {
  /** Distinguishes resources, also those of the same name. */
  readonly key: string;
  readonly kind: ResourceKind;
  readonly name: string;
  /** Kind and name for people, such as "network web_default". */
  readonly label: string;
  /** Name of the resource that it is part of. */
  readonly parent: string | undefined;
  readonly state: StepState;
  /** Compose's verb, or the message of an error or a warning. */
  readonly text: string;
  /** The server's sentence. */
  readonly message: string;
  readonly percent: number | undefined;
  /** Bytes done and bytes in total; `undefined` if unknown. */
  readonly current: number | undefined;
  readonly total: number | undefined;
}

/** Kinds of which the name alone is clear. */
const PLAIN_KINDS: ReadonlySet<string> = new Set(["service", "image", "step"]);

/** Returns the step of an event, `undefined` if it is about the whole operation. */
export function toStep({ resource, state, verb, message, ...progress }: ProgressData): Step | undefined {
  if (resource === null) return undefined;
  const { kind, name, parent } = resource;
  const label = PLAIN_KINDS.has(kind) ? name : `${kind} ${name}`;
  const prefix = `${label}: `;
  // The row shows the label beside the text.
  const reason = message.startsWith(prefix) ? message.slice(prefix.length) : message;
  return {
    key: JSON.stringify([kind, name, parent]),
    kind,
    name,
    label,
    parent: parent ?? undefined,
    state,
    text: state === "error" || state === "warning" ? reason : verb ?? message,
    message,
    percent: progress.percent ?? undefined,
    current: progress.current ?? undefined,
    total: progress.total ?? undefined,
  };
}
