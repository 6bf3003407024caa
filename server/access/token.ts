/** The access token: created at first start, stored in the data folder, readable by its owner only. */
import { type Credential, encodeBase64Url, sameSecret } from "./credentials.ts";
import { addSecret } from "../log/redact.ts";
import { AppError, reason } from "../errors.ts";

/** Minimum length of a given token in characters. */
const MIN_LENGTH = 16;
const FILE = "token";

/** The token of a server. */
export interface Token {
  readonly text: string;
  /** Value of the session cookie, which cannot be used as the token. */
  readonly cookie: string;
  /** Reports whether a credential is this token or its cookie. */
  matches(credential: Credential): boolean;
}

/** Creates a token from its text. */
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
 * Checks a given token.
 *
 * @throws {AppError} "usage" when it is too short or cannot be sent in a header.
 */
export function checkToken(text: string, source: string): string {
  if (text.length >= MIN_LENGTH && /^[\x21-\x7e]+$/.test(text)) return text;
  throw new AppError(
    "usage",
    `${source}: expected a token of at least ${MIN_LENGTH} printable characters without spaces`,
  );
}

/**
 * Loads the token of a data folder; creates one of 32 random bytes if there is none.
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
      `Cannot store the token in "${folder}": ${
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

/** Writes under a temporary name first, so that a killed start leaves no partial token. */
async function makeToken(folder: string, path: string): Promise<string> {
  const text = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(temporary, `${text}\n`, { mode: 0o600, createNew: true });
  await Deno.rename(temporary, path);
  return text;
}
