/** Secrets never reach a log: what is known to be one is cut out of every line, wherever it came from. */

/** As patterns: a name in an address comes back in lower case. */
const known = new Map<string, RegExp>();
/** User and password in an address; bounded, since whoever sends a long text may mean to keep us busy. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s"']{1,2048})@/gi;
/** A user alone is no secret, and ssh cannot do without; in other addresses it may be a token. */
const USER = /^[a-z_][\w.-]{0,31}$/i;
const BEARER = /\b(Bearer|token\.|ticket\.)\s*[A-Za-z0-9_\-.~+/=]{8,}/gi;

/** From now on this text is cut out of every line of the log. */
export function addSecret(text: string): void {
  // A short text would cut holes into innocent words.
  if (text.length < 8 || known.has(text)) return;
  known.set(text, new RegExp(text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi"));
}

/** The text without what is secret in it. */
export function redact(text: string): string {
  let clean = text.replace(CREDENTIALS, withoutCredentials).replace(BEARER, "$1 [redacted]");
  for (const secret of known.values()) clean = clean.replace(secret, "[redacted]");
  return clean;
}

function withoutCredentials(address: string, scheme: string, credentials: string): string {
  return scheme.toLowerCase() === "ssh://" && USER.test(credentials) ? address : `${scheme}[redacted]@`;
}
