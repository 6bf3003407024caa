/** Pure: the fields of the rule editor, and the rule that they make. */
import { limitText, parseLimit } from "./limits.ts";
import type { Metric, Rule, RuleDraft, RuleWhen, Scope, WatchedState } from "./rule_types.ts";

/** Kinds of rules that the editor offers. */
export const EDITED_KINDS = ["state", "threshold", "absence", "log", "image"] as const;
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
  readonly matchesCase: boolean;
  /** Number of lines or restarts; empty for the default. */
  readonly count: string;
  /** Time in which they are counted; empty for the default. */
  readonly within: string;
  /** Used space of a disk; empty for the default. */
  readonly percent: string;
  readonly hold: string;
  readonly host: string;
  readonly project: string;
  readonly service: string;
  readonly container: string;
  readonly label: string;
  readonly deliver: readonly string[];
  readonly repeat: string;
  /** Empty, like {@linkcode quietTo}, without quiet hours. */
  readonly quietFrom: string;
  readonly quietTo: string;
  /** Empty for the time zone of the browser. */
  readonly zone: string;
  /** Most restarts in an hour; empty without healing. */
  readonly restarts: string;
}

/** Fields of a new rule. */
export const NEW_RULE: RuleForm = {
  ...{ name: "", kind: "threshold", state: "unhealthy", metric: "cpu", above: "80", scope: "container" },
  ...{ pattern: "", hold: "5m", host: "", project: "", service: "", container: "", label: "" },
  ...{ matchesCase: false, count: "", within: "", percent: "" },
  ...{ deliver: [], repeat: "", quietFrom: "", quietTo: "", zone: "", restarts: "" },
};

/** Returns the fields of a rule. */
export function toForm({ name, when, for: hold, match, deliver, repeat, quiet, heal }: Rule): RuleForm {
  return {
    ...{ ...NEW_RULE, name, hold, deliver, repeat: repeat ?? "", restarts: textOf(heal?.restarts) },
    ...{ host: match.host ?? "", project: match.project ?? "", service: match.service ?? "" },
    ...{ container: match.container ?? "", label: match.label ?? "" },
    ...quiet === null ? {} : { quietFrom: quiet.from, quietTo: quiet.to, zone: quiet.zone },
    ...whenFields(when),
  };
}

function whenFields(when: RuleWhen): Partial<RuleForm> {
  switch (when.kind) {
    case "state": {
      const { kind, state, count, within = "", percent } = when;
      return { kind, state, count: textOf(count), within, percent: textOf(percent) };
    }
    case "threshold": {
      const { kind, metric, above, scope = "container" } = when;
      return { kind, metric, above: limitText(metric, above), scope };
    }
    case "log": {
      const { kind, pattern, case: matchesCase = false, count, within = "" } = when;
      return { kind, pattern, matchesCase, count: textOf(count), within };
    }
    default:
      return { kind: when.kind };
  }
}

/** Returns the rule that the fields make; an edited rule stays enabled or disabled. */
export function toDraft(form: RuleForm, edited: Rule | undefined): RuleDraft {
  const { name, hold, deliver, repeat, restarts } = form;
  return {
    ...edited === undefined ? {} : { enabled: edited.enabled },
    ...{ name: name.trim(), when: toWhen(form), for: hold.trim() || "0s", match: toMatch(form) },
    ...{ deliver: [...deliver], repeat: repeat.trim() || null, quiet: toQuiet(form) },
    heal: restarts.trim() === "" ? null : { restarts: Number(restarts) },
  };
}

function toWhen({ kind, state, metric, above, scope, pattern, matchesCase, ...rest }: RuleForm): RuleWhen {
  const { count, within, percent } = rest;
  const counted = { ...numberAt("count", count), ...within.trim() === "" ? {} : { within: within.trim() } };
  switch (kind) {
    case "state":
      return {
        ...{ kind, state },
        ...state === "restart-loop" ? counted : {},
        ...state === "disk-full" ? numberAt("percent", percent) : {},
      };
    case "threshold":
      return { kind, metric, above: parseLimit(metric, above), ...scope === "container" ? {} : { scope } };
    case "log":
      return { kind, pattern, ...counted, ...matchesCase ? { case: true } : {} };
    default:
      return { kind };
  }
}

function toMatch(form: RuleForm): RuleDraft["match"] {
  const keys = ["host", "project", "service", "container", "label"] as const;
  return Object.fromEntries(keys.flatMap((key) => form[key].trim() === "" ? [] : [[key, form[key].trim()]]));
}

/** Returns quiet hours also when one time is missing, so that the server refuses them. */
function toQuiet({ quietFrom: from, quietTo: to, zone }: RuleForm): Exclude<RuleDraft["quiet"], undefined> {
  return from === "" && to === "" ? null : { from, to, zone: zone.trim() || browserZone() };
}

/** Returns the name of the browser's time zone. */
export function browserZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // Some systems have an offset without a name, which the server refuses.
  return /^[A-Za-z]/.test(timeZone) ? timeZone : "UTC";
}

function numberAt<K extends string>(key: K, text: string): { readonly [P in K]?: number } {
  return text.trim() === "" ? {} : { [key]: Number(text) } as { readonly [P in K]: number };
}

function textOf(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}
