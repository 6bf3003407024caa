/** One request and its answer over HTTP, to addresses that are checked already. */
import type { ClientRequest, IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import type { OutboundFailure, OutboundOutcome } from "./outcome.ts";

/** Everything that one exchange needs. */
export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Largest body of the answer, bytes. */
  readonly maxBytes: number;
  readonly ignoreBody: boolean;
  /** Returns checked addresses. */
  readonly lookup: LookupFunction;
  readonly ca: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Sends a request and reads the answer until the signal aborts; never rejects. */
export async function exchange(sent: Exchange): Promise<OutboundOutcome> {
  let request: ClientRequest | undefined;
  const close = () => request?.destroy();
  sent.signal.addEventListener("abort", close, { once: true });
  try {
    request = await open(sent);
    return await answerOf(request, sent);
  } catch (error) {
    return sent.signal.aborted ? { kind: "timeout" } : failureOf(error);
  } finally {
    sent.signal.removeEventListener("abort", close);
    close();
  }
}

async function open({ url, method, headers, body, lookup, ca }: Exchange): Promise<ClientRequest> {
  const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const length = body === undefined ? {} : { "content-length": String(byteLength(body)) };
  return request(url, {
    method,
    headers: { ...headers, ...length, connection: "close" },
    lookup,
    // An agent would keep connections, and could come from the environment.
    agent: false,
    ...ca !== undefined && { ca: [...ca] },
  });
}

function byteLength(body: string | Uint8Array): number {
  return typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
}

async function answerOf(request: ClientRequest, sent: Exchange): Promise<OutboundOutcome> {
  const answered = Promise.withResolvers<IncomingMessage>();
  request.on("error", answered.reject);
  request.on("close", () => answered.reject(new Error("the connection was closed")));
  request.on("response", answered.resolve);
  if (sent.signal.aborted) return { kind: "timeout" };
  request.end(sent.body);
  const answer = await answered.promise;
  const body = sent.ignoreBody ? new Uint8Array() : await bodyOf(answer, sent);
  answer.on("error", () => {});
  if (body === undefined) return { kind: "too-large" };
  return { kind: "answered", status: answer.statusCode ?? 0, headers: headersOf(answer), body };
}

/** Reads a body; `undefined` when it is larger than allowed. */
async function bodyOf(
  answer: IncomingMessage,
  { maxBytes, signal }: Exchange,
): Promise<Uint8Array | undefined> {
  const stop = () => answer.destroy(new Error("aborted"));
  signal.addEventListener("abort", stop, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer) {
      size += chunk.length;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
    if (!answer.complete) throw new Error("the response ended early");
    return joined(chunks, size);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const CERTIFICATE = /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|certificate|tls/;

function failureOf(error: unknown): OutboundFailure {
  const code = String((error as { readonly code?: unknown }).code ?? "");
  const text = `${code} ${error instanceof Error ? error.message : ""}`;
  if (CERTIFICATE.test(text)) return { kind: "unreachable", why: "certificate" };
  return { kind: "unreachable", why: /^(HPE_|ERR_HTTP)/.test(code) ? "answer" : "connection" };
}
