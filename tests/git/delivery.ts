/** Deliveries as the webhooks of Git hosts send them. */
import { createHmac } from "node:crypto";

/** A request of a webhook. */
export interface Delivery {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** Creates a delivery of a push, signed as the host does. */
export function delivery(
  host: "github" | "gitea" | "gitlab",
  secret: string,
  content: object,
  id: string = crypto.randomUUID(),
): Delivery {
  const body = JSON.stringify({ ...content, after: id });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    github: {
      "x-github-event": "push",
      "x-github-delivery": id,
      "x-hub-signature-256": `sha256=${signature}`,
    },
    gitea: { "x-gitea-event": "push", "x-gitea-delivery": id, "x-gitea-signature": signature },
    gitlab: { "x-gitlab-event": "Push Hook", "x-gitlab-event-uuid": id, "x-gitlab-token": secret },
  }[host];
  return { body, headers: { "content-type": "application/json", ...headers } };
}
