/** Keeps secrets out of the log: every known secret is cut out of every line. */

/** Patterns of secrets; case-insensitive because a name in an address is returned in lower case. */
const known = new Map<string, RegExp>();
/** User and password in an address; bounded so that a long text cannot cost much time. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s"']{1,2048})@/gi;
/** A user name alone is not secret for ssh; in other addresses it may be a token. */
const USER = /^[a-z_][\w.-]{0,31}$/i;
const BEARER = /\b(Bearer|token\.|ticket\.)\s*[A-Za-z0-9_\-.~+/=]{8,}/gi;

/** Cuts a text out of every log line from now on. */
export function addSecret(text: string): void {
  // A short text would also match harmless words.
  if (text.length < 8 || known.has(text)) return;
  known.set(text, new RegExp(text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi"));
}

/** Reports whether a text holds a secret of DockStat itself, such as its token. */
export function holdsSecret(text: string): boolean {
  return [...known.values()].some((secret) => text.search(secret) !== -1);
}

/** Returns the text without its secrets. */
export function redact(text: string): string {
  let clean = text.replace(CREDENTIALS, withoutCredentials).replace(BEARER, "$1 [redacted]");
  for (const secret of known.values()) clean = clean.replace(secret, "[redacted]");
  return clean;
}

function withoutCredentials(address: string, scheme: string, credentials: string): string {
  return scheme.toLowerCase() === "ssh://" && USER.test(credentials) ? address : `${scheme}[redacted]@`;
}
