import { Checkbox, FormControlLabel, FormGroup, Typography } from "@mui/material";
import { useState } from "react";
import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import { FormDialog } from "../parts/form_dialog.tsx";
import { LABELS, METRIC_LABELS, WATCHED_LABELS } from "../model/labels.ts";
import { Choice, Field } from "../parts/fields.tsx";
import { EDITED_KINDS, NEW_RULE, type RuleForm, toDraft, toForm } from "../model/rule_form.ts";
import { METRICS, type Rule, SCOPES, WATCHED_STATES } from "../model/rule_types.ts";
import type { AlertSettings } from "../parts/use_settings.ts";

/** Props of {@linkcode RuleDialog}. */
export interface RuleDialogProps {
  /** The edited rule; `undefined` for a new one. */
  readonly rule: Rule | undefined;
  readonly settings: AlertSettings;
  readonly onClose: () => void;
}

const KINDS = { state: "State", threshold: "Threshold", absence: "Absence", log: "Log line" } as const;
const SCOPE_LABELS = { container: "Each container", stack: "Sum of a stack", host: "Host" } as const;

/** Editor of a rule. */
export function RuleDialog({ rule, settings: { channels = [], change }, onClose }: RuleDialogProps) {
  const [form, setForm] = useState<RuleForm>(rule === undefined ? NEW_RULE : toForm(rule));
  const set = (changes: Partial<RuleForm>) => setForm({ ...form, ...changes });
  const save = async () => {
    const body = toDraft(form, rule);
    return await (rule === undefined
      ? change("/alerts/rules", { method: "POST", body })
      : change(`/alerts/rules/${rule.id}`, { method: "PUT", body }));
  };
  return (
    <FormDialog
      title={rule === undefined ? LABELS.addRule : LABELS.editRule(rule.name)}
      onSave={save}
      onClose={onClose}
    >
      <Field label="Name" value={form.name} onChange={(name) => set({ name })} isRequired />
      <Choice
        label="Kind"
        value={form.kind}
        options={EDITED_KINDS}
        labels={KINDS}
        onChange={(kind) => set({ kind })}
      />
      <Condition form={form} set={set} />
      <Field label="Hold time, such as 5m" value={form.hold} onChange={(hold) => set({ hold })} />
      <Selection form={form} set={set} />
      <Field
        label="Repeat until acknowledged, such as 4h"
        value={form.repeat}
        onChange={(repeat) => set({ repeat })}
      />
      {channels.length > 0 && <Delivery channels={channels} form={form} set={set} />}
    </FormDialog>
  );
}

interface PartProps {
  readonly form: RuleForm;
  readonly set: (changes: Partial<RuleForm>) => void;
}

function Condition({ form, set }: PartProps) {
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
  if (kind === "absence") return null;
  return (
    <>
      <Choice
        label="Number"
        value={metric}
        options={METRICS}
        labels={METRIC_LABELS}
        onChange={(next) => set({ metric: next })}
      />
      <Field label="Above" value={above} onChange={(next) => set({ above: next })} isRequired />
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

/** Choice of the channels. */
function Delivery(
  { channels, form: { deliver }, set }: PartProps & { readonly channels: readonly Channel[] },
) {
  return (
    <FormGroup>
      <Typography variant="body2" color="text.secondary">{LABELS.deliverTo}</Typography>
      {channels.map(({ id, name }) => (
        <FormControlLabel
          key={id}
          label={name}
          control={
            <Checkbox
              size="small"
              checked={deliver.includes(id)}
              onChange={(event) => {
                const others = deliver.filter((one) => one !== id);
                set({ deliver: event.target.checked ? [...others, id] : others });
              }}
            />
          }
        />
      ))}
    </FormGroup>
  );
}

const SELECTED = [
  ["container", "Container (* matches any text)"],
  ["service", "Service"],
  ["project", "Project"],
  ["host", "Host"],
  ["label", "Label, such as team=web"],
] as const;

function Selection({ form, set }: PartProps) {
  return (
    <>
      {SELECTED.map(([key, label]) => (
        <Field
          key={key}
          label={label}
          value={form[key]}
          onChange={(text) => set({ [key]: text })}
        />
      ))}
    </>
  );
}
