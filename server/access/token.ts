/** The token: made at first start, kept in the data folder for its owner alone, and the cookie that stands for it. */
import { type Credential, encodeBase64Url, sameSecret } from "./credentials.ts";
import { addSecret } from "../log/redact.ts";
import { AppError, reason } from "../errors.ts";

/** A token shorter than this can be guessed. */
const SHORTEST = 16;
const FILE = "token";

/** The token of a server. */
export interface Token {
  readonly text: string;
  /** What the cookie holds instead of the token: whoever reads it cannot use it as the token. */
  readonly cookie: string;
  /** Whether a credential is this token, or its cookie. */
  matches(credential: Credential): boolean;
}

/** The token of a text. */
export async function toToken(text: string): Promise<Token> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`dockstat cookie ${text}`));
  const cookie = encodeBase64Url(new Uint8Array(digest));
  for (const secret of [text, cookie]) addSecret(secret);
  return {
    text,
    cookie,
    matches: ({ kind, secret }) => kind !== "ticket" && sameSecret(secret, kind === "cookie" ? cookie : text),
  };
}

/**
 * Checks a token that was given.
 *
 * @throws {AppError} "usage" when it is too short, or could not travel in a header.
 */
export function checkToken(text: string, source: string): string {
  if (text.length >= SHORTEST && /^[\x21-\x7e]+$/.test(text)) return text;
  throw new AppError(
    "usage",
    `${source}: expected a token of ${SHORTEST} printable characters or more, without spaces`,
  );
}

/**
 * The token of a data folder; made, 32 random bytes, when there is none.
 *
 * @throws {AppError} "failed" when the folder cannot be used.
 */
export async function loadToken(folder: string): Promise<string> {
  const path = `${folder}/${FILE}`;
  try {
    return await readToken(path) ?? await makeToken(folder, path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      "failed",
      `Cannot keep the token in "${folder}": ${
        reason(cause)
      }: choose a folder with --data, or give a token with ` +
        "DOCKSTAT_TOKEN",
      { cause },
    );
  }
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(path)).trim() || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Written whole under another name first: a start that is killed leaves no half of a token. */
async function makeToken(folder: string, path: string): Promise<string> {
  const text = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(draft, `${text}\n`, { mode: 0o600, createNew: true });
  await Deno.rename(draft, path);
  return text;
}
