/** Pure: a message → the request of each kind of channel. */
import type { ChannelDraft } from "../../protocol/alerts/channel.ts";
import type { OutboundRequest } from "../../outbound/client.ts";
import { fillTemplate, type Notice, templateValues, textOf, titleOf } from "./notice.ts";

/** A channel that is reached over HTTP. */
export type HttpChannel = Exclude<ChannelDraft, { readonly kind: "email" | "browser" }>;

/** Returns the value of a reference such as `env:NAME`. */
export type Reveal = (reference: string) => string;

const TELEGRAM = "https://api.telegram.org";
/** Longest text of a message in Discord, the shortest limit of all services, characters. */
const LONGEST_TEXT = 1900;

/** Returns the request that delivers a message. */
export function requestOf(channel: HttpChannel, notice: Notice, reveal: Reveal): OutboundRequest {
  const [title, text] = [titleOf(notice), textOf(notice).slice(0, LONGEST_TEXT).toWellFormed()];
  switch (channel.kind) {
    case "webhook":
      return webhook(channel, notice, reveal);
    case "ntfy":
      return ntfy(channel, notice, reveal, { title, text });
    case "gotify":
      return post(`${base(reveal(channel.url))}/message`, {
        title,
        message: text,
        priority: isAlarm(notice) ? 8 : 4,
      }, { "x-gotify-key": reveal(channel.token) });
    case "discord":
      // Without allowed mentions, a name such as @everyone is plain text.
      return post(reveal(channel.url), { content: `${title}\n${text}`, allowed_mentions: { parse: [] } });
    case "slack":
      return post(reveal(channel.url), {
        text: slackText(`${title}\n${text}`),
        link_names: false,
        unfurl_links: false,
      });
    case "telegram":
      return post(`${TELEGRAM}/bot${encodeURIComponent(reveal(channel.token))}/sendMessage`, {
        chat_id: channel.chat,
        text: `${title}\n${text}`,
        link_preview_options: { is_disabled: true },
      });
    case "matrix":
      return matrix(channel, notice, reveal, `${title}\n${text}`);
  }
}

function webhook(
  { url, headers = {}, template }: Extract<HttpChannel, { readonly kind: "webhook" }>,
  notice: Notice,
  reveal: Reveal,
): OutboundRequest {
  const values = templateValues(notice);
  const [first] = notice.items;
  const body = template === undefined
    ? { ...first, title: values.title, message: values.message, alerts: notice.items }
    : fillTemplate(template, values);
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), reveal(value)]);
  return post(reveal(url), body, { ...Object.fromEntries(own), "idempotency-key": notice.key });
}

function ntfy(
  { url, token }: Extract<HttpChannel, { readonly kind: "ntfy" }>,
  notice: Notice,
  reveal: Reveal,
  { title, text }: { readonly title: string; readonly text: string },
): OutboundRequest {
  const address = reveal(url);
  const at = address.replace(/\/+$/, "").lastIndexOf("/");
  const [server, topic] = [address.slice(0, at + 1), address.replace(/\/+$/, "").slice(at + 1)];
  // As JSON, since headers could not carry all characters.
  return post(server, {
    ...{ topic, title, message: text, priority: isAlarm(notice) ? 4 : 3 },
    tags: [isAlarm(notice) ? "warning" : "white_check_mark"],
    click: notice.items[0].link,
  }, token === undefined ? {} : { authorization: `Bearer ${reveal(token)}` });
}

function matrix(
  { url, token, room }: Extract<HttpChannel, { readonly kind: "matrix" }>,
  notice: Notice,
  reveal: Reveal,
  body: string,
): OutboundRequest {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/`;
  const request = post(`${base(reveal(url))}${path}${encodeURIComponent(notice.key)}`, {
    msgtype: "m.text",
    body,
    "m.mentions": {},
  }, { authorization: `Bearer ${reveal(token)}` });
  return { ...request, method: "PUT" };
}

function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): OutboundRequest {
  return {
    url,
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ignoreBody: true,
  };
}

function base(url: string): string {
  return url.replace(/\/+$/, "");
}

function isAlarm({ items }: Notice): boolean {
  return items.some(({ event }) => event === "alarm" || event === "repeat");
}

function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
