/** Sends a message to a channel, with one of a few outcomes. */
import type { ChannelDraft, DeliveryOutcome } from "../../protocol/alerts/channel.ts";
import type { OutboundClient } from "../../outbound/client.ts";
import type { OutboundOutcome } from "../../outbound/outcome.ts";
import { reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";
import { sendMail } from "./mail.ts";
import type { Notice } from "./notice.ts";
import { requestOf } from "./requests.ts";
import { MissingSecret, readSecret } from "./secrets.ts";

/** Sends a message; never rejects. */
export type Send = (channel: ChannelDraft, notice: Notice) => Promise<DeliveryOutcome>;

const log = getLogger(["dockstat", "alerts"]);

/** Returns the function that sends through a client. */
export function sender(outbound: OutboundClient, env: (name: string) => string | undefined): Send {
  const reveal = (reference: string) => readSecret(reference, env);
  return async (channel, notice) => {
    try {
      // The page shows it; nothing is sent.
      if (channel.kind === "browser") return "delivered";
      if (channel.kind === "email") return await sendMail(channel, notice, reveal, outbound);
      return deliveryOf(await outbound.request(requestOf(channel, notice, reveal)));
    } catch (error) {
      if (error instanceof MissingSecret) {
        log.warn("Cannot use channel {name}: {reason}", { name: channel.name, reason: reason(error) });
        return "no-secret";
      }
      log.error("Cannot deliver to channel {name}: {reason}", { name: channel.name, reason: reason(error) });
      return "unreachable";
    }
  };
}

function deliveryOf(outcome: OutboundOutcome): DeliveryOutcome {
  if (outcome.kind === "answered") {
    return outcome.status >= 200 && outcome.status < 300 ? "delivered" : "refused";
  }
  if (outcome.kind === "blocked") return outcome.why === "redirect" ? "refused" : "blocked";
  return outcome.kind === "too-large" ? "refused" : outcome.kind;
}
