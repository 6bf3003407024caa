import { LABELS, METRIC_LABELS, WATCHED_LABELS } from "../model/labels.ts";
import { BYTES_PATTERN, changeMetric, isInBytes } from "../model/limits.ts";
import type { RuleForm } from "../model/rule_form.ts";
import { METRICS, SCOPES, WATCHED_STATES } from "../model/rule_types.ts";
import { Choice, Field } from "../parts/fields.tsx";

const SCOPE_LABELS = { container: "Each container", stack: "Sum of a stack", host: "Host" } as const;

/** Props of a part of the editor. */
export interface PartProps {
  readonly form: RuleForm;
  readonly set: (changes: Partial<RuleForm>) => void;
}

/** Fields of the condition that have no default. */
export function Condition({ form, set }: PartProps) {
  const { kind, state, metric, above, scope, pattern } = form;
  if (kind === "state") {
    return (
      <Choice
        label="State"
        value={state}
        options={WATCHED_STATES}
        labels={WATCHED_LABELS}
        onChange={(next) => set({ state: next })}
      />
    );
  }
  if (kind === "log") {
    return <Field label="Pattern" value={pattern} onChange={(next) => set({ pattern: next })} isRequired />;
  }
  if (kind !== "threshold") return null;
  return (
    <>
      <Choice
        label="Number"
        value={metric}
        options={METRICS}
        labels={METRIC_LABELS}
        onChange={(next) => set(changeMetric(form, next))}
      />
      <Field
        label="Above"
        value={above}
        isRequired
        {...isInBytes(metric) && {
          help: LABELS.bytesHelp,
          input: { pattern: BYTES_PATTERN, title: LABELS.bytesHelp },
        }}
        onChange={(next) => set({ above: next })}
      />
      <Choice
        label="Of"
        value={scope}
        options={SCOPES}
        labels={SCOPE_LABELS}
        onChange={(next) => set({ scope: next })}
      />
    </>
  );
}
