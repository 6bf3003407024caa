/** Removes everything that looks like a secret from a text. */

/** A name that ends like a secret's, and the value after it, which may be in quotes. */
const NAMED_SECRET =
  /(?<![a-z0-9])(token|ticket|password|secret|authorization|cookie|bearer)\b(["']?\s*[=:.]\s*["']?|\s+["']?)((?:bearer|basic)\s+)?[^\s,;&"']+/gi;
/** Credentials in a URL, up to the last `@` of its authority. */
const CREDENTIALS = /(\/\/)[^/\s]+@/g;
/** A long run of characters: a token, a ticket, or a container id, which is shortened instead. */
const RANDOM = /[A-Za-z0-9_-]{32,}={0,2}/g;
const HEX = /^[0-9a-f]{64}$/;

/** Returns the text without tokens, tickets and passwords, and with shortened container ids. */
export function withoutSecrets(text: string): string {
  return text
    .replace(NAMED_SECRET, "$1$2[hidden]")
    .replace(CREDENTIALS, "$1[hidden]@")
    .replace(RANDOM, (run) => HEX.test(run) ? `${run.slice(0, 12)}…` : "[hidden]");
}
