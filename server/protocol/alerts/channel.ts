/** Channels: where alerts are delivered. Secrets are references to the environment or to files, never values. */
import * as v from "valibot";
import { described } from "../schema.ts";
import { alertId, alertName } from "./rule.ts";

/** Kinds of channels. */
export const CHANNEL_KINDS = [
  ...["webhook", "ntfy", "gotify", "discord", "slack", "telegram", "matrix", "email", "browser"] as const,
] as const;
/** One of {@linkcode CHANNEL_KINDS}. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Most channels, of the file and stored ones together. */
export const MOST_CHANNELS = 100;

/** Names that a template can use. */
export const TEMPLATE_NAMES = [
  ...["id", "event", "rule", "state", "host", "container", "project", "service", "reason"] as const,
  ...["value", "since", "ended", "line", "link", "title", "message", "count"] as const,
] as const;
/** One of {@linkcode TEMPLATE_NAMES}. */
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

const REFERENCE = '"env:NAME" or "file:PATH": secrets are not stored';
const reference = v.pipe(
  v.string(REFERENCE),
  v.regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^\0\r\n]{1,1000})$/, REFERENCE),
);
const secret = described(reference, "`env:NAME` or `file:PATH`; the value is never stored or returned.");

const PLAIN = "a text of 1 to 255 characters without line breaks";
const plain = v.pipe(
  v.string(PLAIN),
  v.minLength(1, PLAIN),
  v.maxLength(255, PLAIN),
  v.regex(/^[^\r\n\0]*$/, PLAIN),
);
const MAIL = "a mail address";
const mail = v.pipe(
  v.string(MAIL),
  v.maxLength(254, MAIL),
  v.regex(/^[^\s@<>,;:"\\]+@[^\s@<>,;:"\\]+$/, MAIL),
);
const PORT = "a whole number from 1 to 65535";
const HOST = "the name or address of a mail server";

const HEADER = "the name of a header";
const header = v.pipe(
  v.string(HEADER),
  v.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, HEADER),
  v.check((name) => !/^(host|content-length|transfer-encoding|connection)$/i.test(name), HEADER),
);

const common = {
  id: v.optional(alertId),
  name: alertName,
  source: v.optional(v.picklist(["file", "stored"])),
};
const kindIs = <K extends ChannelKind>(kind: K) => v.literal(kind, `"${kind}"`);
const TEMPLATE = "a JSON object of 8 KiB at most, 8 levels deep, with known names in braces";

/** A channel as a client or the file writes it. */
export const ChannelDraft = v.variant("kind", [
  v.strictObject({
    ...common,
    kind: kindIs("webhook"),
    url: secret,
    headers: v.optional(v.pipe(
      v.record(header, secret),
      v.check((headers) => Object.keys(headers).length <= 10, "10 headers at most"),
    )),
    template: described(
      v.optional(v.pipe(v.record(v.string(), v.unknown()), v.check((value) => isTemplate(value), TEMPLATE))),
      "JSON with names such as {{rule}} in its texts; each is replaced by its value. Keys stay as they are.",
    ),
  }),
  v.strictObject({
    ...common,
    kind: kindIs("ntfy"),
    url: described(secret, "The address of the topic."),
    token: v.optional(secret),
  }),
  v.strictObject({ ...common, kind: kindIs("gotify"), url: secret, token: secret }),
  v.strictObject({ ...common, kind: kindIs("discord"), url: secret }),
  v.strictObject({ ...common, kind: kindIs("slack"), url: secret }),
  v.strictObject({ ...common, kind: kindIs("telegram"), token: secret, chat: plain }),
  v.strictObject({ ...common, kind: kindIs("matrix"), url: secret, token: secret, room: plain }),
  v.strictObject({
    ...common,
    kind: kindIs("email"),
    host: v.pipe(v.string(HOST), v.maxLength(253, HOST), v.regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$/, HOST)),
    port: v.pipe(v.number(PORT), v.integer(PORT), v.minValue(1, PORT), v.maxValue(65_535, PORT)),
    security: described(
      v.optional(v.picklist(["starttls", "tls", "none"], "one of starttls, tls, none")),
      "starttls unless set; without TLS nothing is sent, except with `none`.",
    ),
    user: v.optional(plain),
    password: v.optional(secret),
    from: mail,
    to: v.pipe(
      v.array(mail, "a list of mail addresses"),
      v.minLength(1, MAIL),
      v.maxLength(20, "20 at most"),
    ),
  }),
  v.strictObject({ ...common, kind: kindIs("browser") }),
], `one of ${CHANNEL_KINDS.join(", ")}`);
/** A channel in the shape of {@linkcode ChannelDraft}. */
export type ChannelDraft = Readonly<v.InferOutput<typeof ChannelDraft>>;

/** Outcomes of a delivery. */
export const DELIVERY_OUTCOMES = [
  "delivered",
  "refused",
  "blocked",
  "no-secret",
  "unreachable",
  "timeout",
] as const;
/** One of {@linkcode DELIVERY_OUTCOMES}. */
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** The deliveries to a channel that have failed since the last success. */
export const ChannelFailure = v.strictObject({
  outcome: described(v.picklist(DELIVERY_OUTCOMES), "Outcome of the newest one."),
  since: described(v.string(), "Time of the first one, ISO 8601."),
});
/** Failed deliveries in the shape of {@linkcode ChannelFailure}. */
export type ChannelFailure = Readonly<v.InferOutput<typeof ChannelFailure>>;

/** A channel with its id; its other keys are those of {@linkcode ChannelDraft}. */
export const Channel = v.looseObject({
  id: alertId,
  name: alertName,
  kind: v.picklist(CHANNEL_KINDS),
  source: described(v.picklist(["file", "stored"]), "Channels of the file cannot be changed by requests."),
  failure: v.optional(described(ChannelFailure, "Set while deliveries fail, since the start of DockStat.")),
});
/** A channel in the shape of {@linkcode Channel}. */
export type Channel = ChannelDraft & {
  readonly id: string;
  readonly source: "file" | "stored";
  readonly failure?: ChannelFailure;
};

/** The answer of a test. */
export const ChannelTest = v.strictObject({
  outcome: described(
    v.picklist(DELIVERY_OUTCOMES),
    "refused: an answer other than success. blocked: an address that DockStat does not connect to. " +
      "no-secret: a variable or file of the channel that cannot be read; the log names it.",
  ),
});
/** An answer in the shape of {@linkcode ChannelTest}. */
export type ChannelTest = Readonly<v.InferOutput<typeof ChannelTest>>;

/** Deepest level and largest size of a template. */
const DEEPEST = 8;
const LARGEST = 8192;

function isTemplate(value: unknown): boolean {
  return fits(value, 0) && JSON.stringify(value).length <= LARGEST;
}

function fits(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === "string") {
    const names = value.matchAll(/\{\{([^{}]*)\}\}/g).map(([, name]) => name!.trim());
    return [...names].every((name) => TEMPLATE_NAMES.some((known) => known === name));
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((item) => fits(item, depth + 1));
}
