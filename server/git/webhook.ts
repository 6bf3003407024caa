/** Push webhooks of GitHub, GitLab and Gitea: the one change that needs no token. */
import { builtin } from "../builtin.ts";
import { sameSecret } from "../access/credentials.ts";
import { AppError } from "../errors.ts";
import type { GitDelivery } from "../protocol/git/git.ts";
import { digestOf } from "../store/digest.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import type { AutomaticPulls } from "./automatic.ts";

/** Accepted deliveries per stack in a minute. */
const MOST_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Longest delivery id that is stored unchanged, characters; longer ones are stored as a digest. */
const LONGEST_ID = 200;

/** Receives deliveries. */
export class Webhooks {
  /** Times of the accepted deliveries of the last minute by stack, as of `performance.now()`. */
  readonly #times = new Map<number, number[]>();

  constructor(readonly pulls: AutomaticPulls) {}

  /**
   * Refuses a request that cannot be a delivery, before its body is read.
   *
   * @throws {AppError} "unauthorized".
   */
  checkHead(stackId: number, headers: Headers): void {
    const { rows } = this.pulls.git.own;
    const secret = rows.get(stackId)?.webhookSecret ?? null;
    if (secret === null || signatureOf(headers) === undefined) throw unsigned();
  }

  /**
   * Takes a delivery.
   *
   * @param body The raw body, which the signature is for.
   * @throws {AppError} "unauthorized" for a wrong signature, "busy" for a delivery that was accepted before, "too-many",
   *   "malformed" for a body that is not JSON.
   */
  deliver(stackId: number, headers: Headers, body: Uint8Array): GitDelivery {
    this.checkHead(stackId, headers);
    const { rows } = this.pulls.git.own;
    const row = rows.get(stackId)!;
    if (!isSigned(headers, body, row.webhookSecret!)) throw unsigned();
    const marks = marksOf(headers, body);
    if (rows.isKnown(stackId, marks)) {
      throw new AppError("busy", "Cannot accept this delivery: it was accepted before");
    }
    if (refOf(headers, body) !== `refs/heads/${row.branch}`) {
      return { outcome: "ignored", operation_id: null };
    }
    this.#limit(stackId);
    rows.remember(stackId, marks);
    const running = this.pulls.start(stackId);
    if (running === undefined) return { outcome: "queued", operation_id: null };
    return { outcome: "started", operation_id: running.operation.operation_id };
  }

  #limit(stackId: number): void {
    const now = performance.now();
    const recent = (this.#times.get(stackId) ?? []).filter((time) => now - time < MINUTE_MS);
    if (recent.length >= MOST_PER_MINUTE) {
      const seconds = Math.ceil((MINUTE_MS - (now - recent[0]!)) / 1000);
      throw new AppError(
        "too-many",
        `Too many deliveries for stack "${stackId}". Try again in ${seconds} s`,
        {
          headers: { "retry-after": String(seconds) },
        },
      );
    }
    this.#times.set(stackId, [...recent, now]);
  }
}

/** Returns the signature or secret of a delivery; `undefined` without one. */
function signatureOf(
  headers: Headers,
): { readonly kind: "hmac" | "secret"; readonly text: string } | undefined {
  const gitHub = headers.get("x-hub-signature-256");
  if (gitHub !== null) return { kind: "hmac", text: gitHub.replace(/^sha256=/, "") };
  const gitea = headers.get("x-gitea-signature") ?? headers.get("x-forgejo-signature");
  if (gitea !== null) return { kind: "hmac", text: gitea };
  // GitLab sends the secret itself.
  const gitLab = headers.get("x-gitlab-token");
  return gitLab === null ? undefined : { kind: "secret", text: gitLab };
}

function isSigned(headers: Headers, body: Uint8Array, secret: string): boolean {
  const { kind, text } = signatureOf(headers)!;
  if (kind === "secret") return sameSecret(text, secret);
  return sameSecret(text, builtin("node:crypto").createHmac("sha256", secret).update(body).digest("hex"));
}

/** The id alone can be replaced, because no signature covers it; the body cannot. */
function marksOf(headers: Headers, body: Uint8Array): string[] {
  const id = ["x-github-delivery", "x-gitea-delivery", "x-forgejo-delivery", "x-gitlab-event-uuid"]
    .map((name) => headers.get(name)).find((one) => one !== null);
  return [
    `body ${digestOf(body)}`,
    ...id === undefined || id === null
      ? []
      : [`id ${id.length <= LONGEST_ID ? id : digestOf(new TextEncoder().encode(id))}`],
  ];
}

/** Returns the reference that was pushed; `undefined` for another event. */
function refOf(headers: Headers, body: Uint8Array): string | undefined {
  const event = headers.get("x-github-event") ?? headers.get("x-gitea-event") ??
    headers.get("x-forgejo-event") ??
    headers.get("x-gitlab-event") ?? "";
  if (!/^push( hook)?$/i.test(event)) return undefined;
  try {
    return textOf(fieldsOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)))["ref"]);
  } catch (cause) {
    throw new AppError("malformed", "Cannot read the delivery: its body is not JSON", { cause });
  }
}

function unsigned(): AppError {
  return new AppError(
    "unauthorized",
    "Cannot accept this delivery: it has no valid signature of this stack's webhook. Set the secret that DockStat has shown",
  );
}
