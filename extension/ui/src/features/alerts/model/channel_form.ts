/** Pure: the fields of the channel editor, and the channel that they make. */
import type {
  Channel,
  ChannelDraft,
  ChannelKind,
  TemplateName,
} from "../../../../../../server/protocol/alerts/channel.ts";

/** One field of a kind of channel. */
export interface ChannelField {
  readonly key: string;
  readonly label: string;
  readonly isSecret?: true;
  readonly isOptional?: true;
  /** True for fields that few users need. */
  readonly isMore?: true;
  readonly help?: string;
  /** Number of lines; a single line unless set. */
  readonly rows?: number;
  /** Labels of the values, the default first; any text unless set. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Names that a template can use. */
export const TEMPLATE_NAMES: readonly TemplateName[] = [
  ...["id", "event", "rule", "state", "host", "container", "project", "service", "reason"] as const,
  ...["value", "since", "ended", "line", "link", "title", "message", "count"] as const,
];

const HEADERS: ChannelField = {
  ...{ key: "headers", label: "Headers", rows: 2, isOptional: true, isMore: true },
  help: "One per line, such as Authorization: env:NAME or file:PATH",
};
const TEMPLATE: ChannelField = {
  ...{ key: "template", label: "Template", rows: 4, isOptional: true, isMore: true },
  help: `JSON object. Texts can have names in braces, such as {{rule}}: ${TEMPLATE_NAMES.join(", ")}.`,
};
const SECURITY: ChannelField = {
  ...{ key: "security", label: "Encryption", isOptional: true, isMore: true },
  options: { starttls: "STARTTLS", tls: "TLS", none: "None" },
};

const secret = (key: string, label: string): ChannelField => ({ key, label, isSecret: true });
const URL_FIELD = secret("url", "Address");

/** Fields of each kind. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelKind, readonly ChannelField[]>> = {
  webhook: [URL_FIELD, HEADERS, TEMPLATE],
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
    SECURITY,
  ],
  browser: [],
};

/** Fields of the editor by key; texts as they are typed. */
export type ChannelForm = Readonly<Record<string, string>> & { readonly name: string };

/** Returns the fields of a channel. */
export function toChannelForm(channel: Channel): ChannelForm {
  const entries = CHANNEL_FIELDS[channel.kind].map(({ key }) => {
    return [key, textOf(key, (channel as Readonly<Record<string, unknown>>)[key] ?? "")] as const;
  });
  return { ...Object.fromEntries(entries), name: channel.name };
}

/**
 * Returns the channel that the fields make.
 *
 * @throws {SyntaxError} For a secret that is not a reference, and headers or a template that cannot be read.
 */
export function toChannelDraft(kind: ChannelKind, form: ChannelForm): ChannelDraft {
  const fields = CHANNEL_FIELDS[kind].flatMap(({ key, label, isSecret }) => {
    const text = (form[key] ?? "").trim();
    if (text === "") return [];
    return [[key, isSecret ? referenceOf(label, text) : valueOf(key, text)]];
  });
  return { ...Object.fromEntries(fields), kind, name: form.name.trim() } as ChannelDraft;
}

/** Returns true if a field that few users need has a value. */
export function hasMore(kind: ChannelKind, form: ChannelForm): boolean {
  return CHANNEL_FIELDS[kind].some(({ key, isMore }) => isMore && (form[key] ?? "") !== "");
}

function textOf(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  if (key === "template") return JSON.stringify(value, null, 2);
  return Object.entries(value).map(([name, secret]) => `${name}: ${secret}`).join("\n");
}

function valueOf(key: string, text: string): unknown {
  switch (key) {
    case "port":
      return Number(text);
    case "to":
      return text.split(",").map((one) => one.trim()).filter((one) => one !== "");
    case "headers":
      return headersOf(text);
    case "template":
      return templateOf(text);
    default:
      return text;
  }
}

function referenceOf(label: string, text: string): string {
  if (/^(?:env|file):./.test(text)) return text;
  throw new SyntaxError(`“${label}” must be env:NAME or file:PATH. Set the value itself on the server.`);
}

function headersOf(text: string): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new SyntaxError(`Line ${index + 1} of the headers is not "Name: env:NAME" or "Name: file:PATH".`);
    }
    if (headers.has(name)) throw new SyntaxError(`The header ${name} is set twice.`);
    headers.set(name, value);
  }
  return Object.fromEntries(headers);
}

function templateOf(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SyntaxError("The template is not valid JSON.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new SyntaxError('The template is not a JSON object, such as {"text": "{{message}}"}.');
}
