/** Pure: the fields of the rule editor, and the rule that they make. */
import type { Metric, Rule, RuleDraft, RuleWhen, Scope, WatchedState } from "./rule_types.ts";

/** Kinds of rules that the editor offers. */
export const EDITED_KINDS = ["state", "threshold", "absence", "log"] as const;
/** One of {@linkcode EDITED_KINDS}. */
export type EditedKind = (typeof EDITED_KINDS)[number];

/** Fields of the editor; texts as they are typed. */
export interface RuleForm {
  readonly name: string;
  readonly kind: EditedKind;
  readonly state: WatchedState;
  readonly metric: Metric;
  readonly above: string;
  readonly scope: Scope;
  readonly pattern: string;
  readonly hold: string;
  readonly host: string;
  readonly project: string;
  readonly service: string;
  readonly container: string;
  readonly label: string;
  readonly deliver: readonly string[];
  readonly repeat: string;
}

/** Fields of a new rule. */
export const NEW_RULE: RuleForm = {
  ...{ name: "", kind: "threshold", state: "unhealthy", metric: "cpu", above: "80", scope: "container" },
  ...{ pattern: "", hold: "5m", host: "", project: "", service: "", container: "", label: "" },
  ...{ deliver: [], repeat: "" },
};

/** Returns the fields of a rule. */
export function toForm({ name, when, for: hold, match, deliver, repeat }: Rule): RuleForm {
  return {
    ...{ ...NEW_RULE, name, hold, deliver, repeat: repeat ?? "" },
    ...{ host: match.host ?? "", project: match.project ?? "", service: match.service ?? "" },
    ...{ container: match.container ?? "", label: match.label ?? "" },
    ...whenFields(when),
  };
}

function whenFields(when: RuleWhen): Partial<RuleForm> {
  if (when.kind === "state") return { kind: "state", state: when.state };
  if (when.kind === "log") return { kind: "log", pattern: when.pattern };
  if (when.kind !== "threshold") return { kind: "absence" };
  const { metric, above, scope = "container" } = when;
  return { kind: "threshold", metric, above: String(above), scope };
}

/** Returns the rule that the fields make; keys that the editor does not show stay as they are in the edited rule. */
export function toDraft(form: RuleForm, edited: Rule | undefined): RuleDraft {
  const { name, hold, deliver, repeat } = form;
  const kept = edited === undefined
    ? {}
    : { quiet: edited.quiet, heal: edited.heal, enabled: edited.enabled };
  return {
    ...kept,
    ...{
      name: name.trim(),
      when: toWhen(form, edited?.when),
      for: hold.trim() || "0s",
      match: toMatch(form),
    },
    ...{ deliver: [...deliver], repeat: repeat.trim() || null },
  };
}

function toWhen(form: RuleForm, edited: RuleWhen | undefined): RuleWhen {
  const { kind, state, metric, above, scope, pattern } = form;
  if (kind === "state") return { ...edited?.kind === "state" ? edited : {}, kind, state };
  if (kind === "log") return { ...edited?.kind === "log" ? edited : {}, kind, pattern };
  if (kind === "absence") return { kind };
  return { kind, metric, above: Number(above), ...scope === "container" ? {} : { scope } };
}

function toMatch(form: RuleForm): RuleDraft["match"] {
  const keys = ["host", "project", "service", "container", "label"] as const;
  return Object.fromEntries(keys.flatMap((key) => form[key].trim() === "" ? [] : [[key, form[key].trim()]]));
}
