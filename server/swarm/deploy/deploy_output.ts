/** Reports what `docker stack deploy` prints: a line per object when its change begins, and other lines about images. */
import type { ComposeEnd } from "../../compose/compose.ts";
import type { RunContext } from "../../stacks/running.ts";
import { type StepKind, stepOf } from "../steps.ts";

const STEP = /^(Creating|Updating|Removing) (service|network|secret|config) (\S{1,300})/;
/** Options of Compose that do nothing in a swarm. */
const IGNORED = /^Ignoring (?:unsupported|deprecated) options: /;
const DONE: Readonly<Record<string, string>> = {
  Creating: "Created",
  Updating: "Updated",
  Removing: "Removed",
};

/** The output of one run. */
export class DeployOutput {
  #open: readonly [kind: StepKind, name: string, verb: string] | undefined;

  constructor(readonly report: RunContext["report"]) {}

  /** Takes a line. */
  take(line: string): void {
    const [, verb, kind, name] = STEP.exec(line) ?? [];
    if (verb !== undefined) {
      this.#close();
      this.#open = [kind as StepKind, name!, verb];
      this.report(stepOf(kind as StepKind, name!, verb, "working"));
    } else if (IGNORED.test(line) || /could not be accessed on a registry/.test(line)) {
      this.report({ kind: "warning", message: line });
    } else this.report({ kind: "note", message: line });
  }

  /** Takes the end of the run, at which the last object is done or has failed. */
  end({ code, error }: ComposeEnd): void {
    if (code === 0) return this.#close();
    if (this.#open === undefined) return;
    const [kind, name] = this.#open;
    this.report(stepOf(kind, name, "Error", "error", error));
  }

  #close(): void {
    if (this.#open === undefined) return;
    const [kind, name, verb] = this.#open;
    this.report(stepOf(kind, name, DONE[verb]!, "done"));
    this.#open = undefined;
  }
}
