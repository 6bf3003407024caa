import { useState } from "react";
import type { Channel, ChannelKind } from "../../../../../../server/protocol/alerts/channel.ts";
import { Choice, Field } from "../parts/fields.tsx";
import { FormDialog } from "../parts/form_dialog.tsx";
import { CHANNEL_LABELS, LABELS } from "../model/labels.ts";
import { CHANNEL_FIELDS, type ChannelForm, toChannelDraft, toChannelForm } from "../model/channel_form.ts";
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
export function ChannelDialog({ channel, settings: { change }, onClose }: ChannelDialogProps) {
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "ntfy");
  const [form, setForm] = useState<ChannelForm>(
    channel === undefined ? { name: "" } : toChannelForm(channel),
  );
  const save = async () => {
    const body = toChannelDraft(kind, form, channel);
    return await (channel === undefined
      ? change("/alerts/channels", { method: "POST", body })
      : change(`/alerts/channels/${channel.id}`, { method: "PUT", body }));
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
      {CHANNEL_FIELDS[kind].map(({ key, label, isSecret, isOptional }) => (
        <Field
          key={key}
          label={label}
          value={form[key] ?? ""}
          help={isSecret && LABELS.secretHelp}
          isRequired={!isOptional}
          onChange={(text) => setForm({ ...form, [key]: text })}
        />
      ))}
    </FormDialog>
  );
}
