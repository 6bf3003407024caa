/** Publishes the progress of one operation and keeps its notes. */
import type { ProgressLine } from "../../compose/progress.ts";
import type { Operation } from "../../protocol/operations.ts";
import type { DetailedStackEvent } from "../../protocol/stack_events.ts";
import type { JournalEntry } from "../../store/journal.ts";
import type { Redact } from "../../compose/env_values.ts";
import { progressEvent } from "./events.ts";
import type { OperationNotes } from "./operation_notes.ts";
import { ProgressFilter, type ProgressReport, resourceKey } from "./progress_filter.ts";
import { sentence } from "./sentence.ts";

/** Options of a published event. */
export interface PublishOptions {
  /** Only for clients that ask for every detail. */
  readonly detailOnly?: boolean;
  /** Called with the stored event before it is sent. */
  readonly stored?: (entry: JournalEntry) => void;
}

/** Stores and sends an event. */
export type Publish = (event: DetailedStackEvent, options?: PublishOptions) => void;

/** The progress of one operation. */
export class RunReporter {
  readonly #filter = new ProgressFilter();

  /**
   * @param resources Receives the newest event of each resource, and each warning.
   * @param hide Cuts secrets out of every text.
   */
  constructor(
    readonly operation: Operation,
    readonly resources: Map<string, JournalEntry>,
    readonly notes: OperationNotes,
    readonly hide: Redact,
    readonly publish: Publish,
  ) {}

  /** Handles one line. Lines without progress stay with the operation and never reach the log. */
  take(line: ProgressLine): void {
    if (line.kind === "note") this.notes.print(line.message);
    else if (line.kind === "output") this.notes.print(line.message, line.step);
    else if (line.kind === "warning") this.#warn(line.message);
    else if (line.kind === "resource") {
      if (line.state === "warning" && line.reason !== undefined) this.notes.warn(sentence(line));
      for (const report of this.#filter.take(line)) this.#report(report);
    }
  }

  #warn(text: string): void {
    const warning = this.notes.warn(text);
    if (warning !== undefined) this.#send(warning, { state: "warning" }, warning, false);
  }

  #report({ step, message, detailOnly }: ProgressReport): void {
    const { resource, verb } = step;
    const shown = resource && {
      ...resource,
      name: this.hide(resource.name),
      parent: resource.parent && this.hide(resource.parent),
    };
    const key = resource === null ? "" : resourceKey(resource);
    this.#send(
      this.hide(message),
      { ...step, resource: shown, verb: verb && this.hide(verb) },
      key,
      detailOnly,
    );
  }

  #send(message: string, step: Parameters<typeof progressEvent>[2], key: string, detailOnly: boolean): void {
    const event = progressEvent(this.operation, message, step);
    this.publish(event, { detailOnly, stored: (entry) => this.resources.set(key, entry) });
  }
}
