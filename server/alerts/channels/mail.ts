/** Delivery by mail, over a connection to a checked address. */
import type { ChannelDraft, DeliveryOutcome } from "../../protocol/alerts/channel.ts";
import type { OutboundClient } from "../../outbound/client.ts";
import { type Notice, textOf, titleOf } from "./notice.ts";
import type { Reveal } from "./requests.ts";

/** A channel for mail. */
export type MailChannel = Extract<ChannelDraft, { readonly kind: "email" }>;

/** Longest time for a mail, with the resolution of the name, ms. */
const TIMEOUT_MS = 10_000;

/** Sends a message by SMTP; never rejects. Without TLS nothing is sent unless the channel has `security: none`. */
export async function sendMail(
  channel: MailChannel,
  notice: Notice,
  reveal: Reveal,
  outbound: OutboundClient,
): Promise<DeliveryOutcome> {
  const { host, port, user, password } = channel;
  const auth = user === undefined
    ? undefined
    : { user, pass: password === undefined ? "" : reveal(password) };
  const end = performance.now() + TIMEOUT_MS;
  const resolved = await outbound.resolve(host, port);
  if (resolved.kind !== "resolved") return resolved.kind === "too-large" ? "refused" : resolved.kind;
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    ...{ host: resolved.addresses[0]!, port, name: "dockstat" },
    ...securityOf(channel),
    ...auth !== undefined && { auth },
    tls: { servername: host },
    ...{
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const timer = Promise.withResolvers<"timeout">();
  const timeout = setTimeout(() => timer.resolve("timeout"), end - performance.now());
  try {
    const sent = transport.sendMail(mailOf(channel, notice)).then(() => "delivered" as const, outcomeOf);
    return await Promise.race([sent, timer.promise]);
  } finally {
    clearTimeout(timeout);
    transport.close();
  }
}

function securityOf({ security = "starttls" }: MailChannel): object {
  if (security === "tls") return { secure: true };
  return security === "none" ? { secure: false, ignoreTLS: true } : { secure: false, requireTLS: true };
}

function mailOf({ from, to }: MailChannel, notice: Notice): object {
  return {
    from: { name: "DockStat", address: from },
    to: to.map((address) => ({ name: "", address })),
    subject: titleOf(notice),
    text: textOf(notice),
    headers: { "Auto-Submitted": "auto-generated", "X-DockStat-Alert": notice.items[0].id },
  };
}

function outcomeOf(error: unknown): DeliveryOutcome {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  if (responseCode !== undefined || code === "EAUTH" || code === "EENVELOPE") return "refused";
  return code === "ETIMEDOUT" ? "timeout" : "unreachable";
}
