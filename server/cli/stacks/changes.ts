/** Pure: the table of what a deployment would change. */
import { printable } from "../../log/format.ts";
import type { ChangeAction, PlannedChange } from "../../protocol/stacks.ts";
import { aligned } from "../aligned.ts";

const TITLES = ["SERVICE", "DEPLOYMENT", "REASON"];

/** Texts of actions that are not their own names. */
const TEXTS: Readonly<Partial<Record<ChangeAction, string>>> = { unknown: "cannot tell" };

/** Renders the changes as lines, headings first. */
export function renderChanges(changes: readonly PlannedChange[]): string[] {
  return aligned([
    TITLES,
    ...changes.map(({ service, action, reasons }) => [
      printable(service),
      TEXTS[action] ?? action,
      printable(reasons.map((reason) => reason.replace(/^cannot tell: /, "")).join("; ")),
    ]),
  ]);
}
