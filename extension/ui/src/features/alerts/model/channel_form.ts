/** Pure: the fields of the channel editor, and the channel that they make. */
import type { Channel, ChannelDraft, ChannelKind } from "../../../../../../server/protocol/alerts/channel.ts";

/** One field of a kind of channel. */
export interface ChannelField {
  readonly key: string;
  readonly label: string;
  readonly isSecret?: true;
  readonly isOptional?: true;
}

const secret = (key: string, label: string): ChannelField => ({ key, label, isSecret: true });
const URL_FIELD = secret("url", "Address");

/** Fields of each kind. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelKind, readonly ChannelField[]>> = {
  webhook: [URL_FIELD],
  ntfy: [secret("url", "Topic address"), { ...secret("token", "Token"), isOptional: true }],
  gotify: [URL_FIELD, secret("token", "Token")],
  discord: [URL_FIELD],
  slack: [URL_FIELD],
  telegram: [secret("token", "Bot token"), { key: "chat", label: "Chat" }],
  matrix: [secret("url", "Server address"), secret("token", "Token"), { key: "room", label: "Room" }],
  email: [
    { key: "host", label: "Mail server" },
    { key: "port", label: "Port" },
    { key: "user", label: "User", isOptional: true },
    { ...secret("password", "Password"), isOptional: true },
    { key: "from", label: "From" },
    { key: "to", label: "To (comma-separated)" },
  ],
  browser: [],
};

/** Fields of the editor by key; texts as they are typed. */
export type ChannelForm = Readonly<Record<string, string>> & { readonly name: string };

/** Returns the fields of a channel. */
export function toChannelForm(channel: Channel): ChannelForm {
  const entries = CHANNEL_FIELDS[channel.kind].map(({ key }) => {
    const value = (channel as Readonly<Record<string, unknown>>)[key];
    return [key, Array.isArray(value) ? value.join(", ") : String(value ?? "")] as const;
  });
  return { ...Object.fromEntries(entries), name: channel.name };
}

/** Returns the channel that the fields make; keys that the editor does not show stay as they are. */
export function toChannelDraft(
  kind: ChannelKind,
  form: ChannelForm,
  edited: Channel | undefined,
): ChannelDraft {
  const kept = edited?.kind === kind ? edited : {};
  const fields = Object.fromEntries(CHANNEL_FIELDS[kind].flatMap(({ key }) => {
    const text = (form[key] ?? "").trim();
    return text === "" ? [[key, undefined]] : [[key, valueOf(key, text)]];
  }));
  return { ...kept, ...fields, kind, name: form.name.trim() } as ChannelDraft;
}

function valueOf(key: string, text: string): unknown {
  if (key === "port") return Number(text);
  return key === "to" ? text.split(",").map((one) => one.trim()).filter((one) => one !== "") : text;
}
