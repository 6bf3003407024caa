/** The last guard before a text leaves the page: whatever looks like a secret is cut out. */

/** A name that announces a secret, and what follows it. */
const ANNOUNCED =
  /\b(token|ticket|password|secret|authorization|cookie|bearer)\b(\s*[=:.]\s*|\s+)((?:bearer|basic)\s+)?[^\s,;&"']+/gi;
/** The name and password in an address. */
const USER = /(\/\/)[^/\s@]+@/g;
/** So long a run is random: a token, a ticket, or the id of a container, of which the beginning is enough. */
const RANDOM = /[A-Za-z0-9_-]{32,}={0,2}/g;
const HEX = /^[0-9a-f]{64}$/;

/** The text without tokens, tickets, and passwords; ids of containers are shortened. */
export function withoutSecrets(text: string): string {
  return text
    .replace(ANNOUNCED, "$1$2[hidden]")
    .replace(USER, "$1[hidden]@")
    .replace(RANDOM, (run) => HEX.test(run) ? `${run.slice(0, 12)}…` : "[hidden]");
}
