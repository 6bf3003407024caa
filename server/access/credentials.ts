/** Pure: where a request carries its token, and whether two secrets are the same. */

/** What a request presents, and how. */
export interface Credential {
  readonly kind: "bearer" | "cookie" | "protocol" | "ticket";
  readonly secret: string;
}

/** The one subprotocol that sockets speak; a token may travel beside it. */
export const SUBPROTOCOL = "dockstat.v1";
/** What the name of the cookie that the printed link sets begins with. */
export const COOKIE = "dockstat_session";
const COOKIE_PAIR = new RegExp(`^${COOKIE}(?:_[\\w-]+)?=(.*)$`);

/** The name of a cookie: browsers keep cookies without the port, so each server of a machine has a name of its own. */
export function cookieName(value: string): string {
  return `${COOKIE}_${value.slice(0, 8)}`;
}

/** What a request presents: a token, or else the cookies of this name, of which another server may have set some. */
export function credentialsOf(headers: Headers): readonly Credential[] {
  const stated = headers.get("authorization") ?? "";
  // Other schemes are for a proxy before us.
  if (/^Bearer(\s|$)/i.test(stated)) {
    return [{ kind: "bearer", secret: stated.slice("Bearer".length).trim() }];
  }
  const offered = protocolsOf(headers).find((name) => name.startsWith("token."));
  if (offered !== undefined) {
    return [{ kind: "protocol", secret: decodeBase64Url(offered.slice("token.".length)) }];
  }
  const ticket = protocolsOf(headers).find((name) => name.startsWith("ticket."));
  if (ticket !== undefined) return [{ kind: "ticket", secret: ticket.slice("ticket.".length) }];
  return (headers.get("cookie") ?? "").split(/;\s*/).flatMap((pair) => {
    const secret = COOKIE_PAIR.exec(pair)?.[1];
    return secret === undefined ? [] : [{ kind: "cookie" as const, secret }];
  });
}

/** The subprotocols that a client offers. */
export function protocolsOf(headers: Headers): readonly string[] {
  return (headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim()).filter((n) =>
    n !== ""
  );
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array];
  let difference = a.length ^ b.length;
  for (let at = 0; at < b.length; at++) difference |= (a[at] ?? 0) ^ b[at]!;
  return difference === 0;
}

/** A text as base64url without padding, as subprotocols and cookies can carry it. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The text of base64url; an empty one for what is none. */
export function decodeBase64Url(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
  } catch (error) {
    // No base64: it cannot be the token either.
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}
