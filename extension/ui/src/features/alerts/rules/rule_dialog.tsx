import { Checkbox, FormControlLabel, FormGroup, Typography } from "@mui/material";
import { useState } from "react";
import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import { FormDialog } from "../parts/form_dialog.tsx";
import { LABELS } from "../model/labels.ts";
import { Choice, Field } from "../parts/fields.tsx";
import { MoreFields } from "../parts/more_fields.tsx";
import { EDITED_KINDS, NEW_RULE, type RuleForm, toDraft, toForm } from "../model/rule_form.ts";
import type { Rule } from "../model/rule_types.ts";
import type { AlertSettings } from "../parts/use_settings.ts";
import { Condition, type PartProps } from "./condition.tsx";
import { hasMore, MoreRuleFields } from "./more_rule_fields.tsx";

/** Props of {@linkcode RuleDialog}. */
export interface RuleDialogProps {
  /** The edited rule; `undefined` for a new one. */
  readonly rule: Rule | undefined;
  readonly settings: AlertSettings;
  readonly onClose: () => void;
}

const KINDS = {
  ...{
    state: "State",
    threshold: "Threshold",
    absence: "Absence",
    log: "Log line",
    image: "New image",
  } as const,
};

/** Editor of a rule. */
export function RuleDialog({ rule, settings: { channels = [], save: send }, onClose }: RuleDialogProps) {
  const [form, setForm] = useState<RuleForm>(rule === undefined ? NEW_RULE : toForm(rule));
  const set = (changes: Partial<RuleForm>) => setForm({ ...form, ...changes });
  const save = async () => {
    // A channel that was deleted meanwhile has no checkbox.
    const deliver = form.deliver.filter((id) => channels.some((channel) => channel.id === id));
    const body = toDraft({ ...form, deliver }, rule);
    return await (rule === undefined
      ? send("/alerts/rules", { method: "POST", body })
      : send(`/alerts/rules/${rule.id}`, { method: "PUT", body }));
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
      <Field
        label="Container (* matches any text)"
        value={form.container}
        onChange={(container) => set({ container })}
      />
      {channels.length > 0 && <Delivery channels={channels} form={form} set={set} />}
      <MoreFields isOpen={hasMore(form)}>
        <MoreRuleFields form={form} set={set} />
      </MoreFields>
    </FormDialog>
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
