/** Credentials of a request, and comparison of secrets. */
import { builtin } from "../builtin.ts";

/** A credential and the way it was sent. */
export interface Credential {
  readonly kind: "bearer" | "protocol" | "ticket";
  readonly secret: string;
}

/** Subprotocol of the sockets; a token may be offered beside it. */
export const SUBPROTOCOL = "dockstat.v1";
/** Returns the credentials that a request sends: one at most, and never a cookie. */
export function credentialsOf(headers: Headers): readonly Credential[] {
  const stated = headers.get("authorization") ?? "";
  // Other schemes are for a proxy in front of the server.
  if (/^Bearer(\s|$)/i.test(stated)) {
    return [{ kind: "bearer", secret: stated.slice("Bearer".length).trim() }];
  }
  const offered = protocolsOf(headers).find((name) => name.startsWith("token."));
  if (offered !== undefined) {
    return [{ kind: "protocol", secret: decodeBase64Url(offered.slice("token.".length)) }];
  }
  const ticket = protocolsOf(headers).find((name) => name.startsWith("ticket."));
  if (ticket !== undefined) return [{ kind: "ticket", secret: ticket.slice("ticket.".length) }];
  return [];
}

/** Returns the subprotocols that a client offers. */
export function protocolsOf(headers: Headers): readonly string[] {
  return (headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim()).filter((n) =>
    n !== ""
  );
}

/** Compares two secrets in constant time; only their lengths can be observed. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array];
  return a.length === b.length && builtin("node:crypto").timingSafeEqual(a, b);
}

/** Encodes bytes as base64url without padding, for subprotocols. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Decodes base64url into a string; an empty string for anything else. */
export function decodeBase64Url(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
  } catch (error) {
    // Invalid base64 cannot be the token either.
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}
