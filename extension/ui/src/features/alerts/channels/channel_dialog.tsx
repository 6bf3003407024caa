import { Checkbox, FormControlLabel } from "@mui/material";
import { useState } from "react";
import type { Channel, ChannelKind } from "../../../../../../server/protocol/alerts/channel.ts";
import { Choice, Field } from "../parts/fields.tsx";
import { MoreFields } from "../parts/more_fields.tsx";
import { FormDialog } from "../parts/form_dialog.tsx";
import { CHANNEL_LABELS, LABELS } from "../model/labels.ts";
import {
  CHANNEL_FIELDS,
  type ChannelField,
  type ChannelForm,
  hasMore,
  toChannelDraft,
  toChannelForm,
} from "../model/channel_form.ts";
import type { AlertSettings } from "../parts/use_settings.ts";

/** Props of {@linkcode ChannelDialog}. */
export interface ChannelDialogProps {
  /** The edited channel; `undefined` for a new one. */
  readonly channel: Channel | undefined;
  readonly settings: AlertSettings;
  readonly onClose: () => void;
}

const KINDS = Object.keys(CHANNEL_LABELS) as ChannelKind[];

/** Editor of a channel. */
export function ChannelDialog({ channel, settings, onClose }: ChannelDialogProps) {
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "ntfy");
  const [form, setForm] = useState<ChannelForm>(
    channel === undefined ? { name: "" } : toChannelForm(channel),
  );
  const { save: send, addChannel, rules = [] } = settings;
  // The default rules deliver nowhere, so that the first channel would stay silent.
  const [isForAll, setForAll] = useState(rules.every(({ deliver }) => deliver.length === 0));
  const fields = CHANNEL_FIELDS[kind];
  const fieldOf = (field: ChannelField) => (
    <ChannelInput
      key={field.key}
      field={field}
      value={form[field.key] ?? ""}
      onChange={(text) => setForm({ ...form, [field.key]: text })}
    />
  );
  const save = async () => {
    let body;
    try {
      body = toChannelDraft(kind, form);
    } catch (error) {
      return reasonOf(error);
    }
    return await (channel === undefined
      ? addChannel(body, isForAll)
      : send(`/alerts/channels/${channel.id}`, { method: "PUT", body }));
  };
  const title = channel === undefined ? LABELS.addChannel : LABELS.editChannel(channel.name);
  return (
    <FormDialog title={title} onSave={save} onClose={onClose}>
      <Field label="Name" value={form.name} onChange={(name) => setForm({ ...form, name })} isRequired />
      <Choice
        label="Kind"
        value={kind}
        options={KINDS}
        labels={CHANNEL_LABELS}
        isDisabled={channel !== undefined}
        onChange={setKind}
      />
      {fields.filter(({ isMore }) => !isMore).map(fieldOf)}
      {fields.some(({ isMore }) => isMore) && (
        <MoreFields key={kind} isOpen={hasMore(kind, form)}>
          {fields.filter(({ isMore }) => isMore).map(fieldOf)}
        </MoreFields>
      )}
      {channel === undefined && <ForAll isForAll={isForAll} onChange={setForAll} />}
    </FormDialog>
  );
}

interface ForAllProps {
  readonly isForAll: boolean;
  readonly onChange: (isForAll: boolean) => void;
}

/** Choice whether the alerts of all rules are delivered to a new channel. */
function ForAll({ isForAll, onChange }: ForAllProps) {
  const control = (
    <Checkbox
      size="small"
      checked={isForAll}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
  return <FormControlLabel label={LABELS.deliverAll} control={control} />;
}

interface ChannelInputProps {
  readonly field: ChannelField;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function ChannelInput({ field, value, onChange }: ChannelInputProps) {
  const { label, isSecret, isOptional, help, rows, options } = field;
  if (options !== undefined) {
    const values = Object.keys(options);
    return (
      <Choice
        label={label}
        value={value || values[0]!}
        options={values}
        labels={options}
        onChange={onChange}
      />
    );
  }
  return (
    <Field
      label={label}
      value={value}
      help={isSecret ? LABELS.secretHelp : help}
      isRequired={!isOptional}
      {...rows === undefined ? {} : { rows }}
      onChange={onChange}
    />
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
