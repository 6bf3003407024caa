/** The access token: created at first start, stored in the data folder, readable by its owner only. */
import { type Credential, encodeBase64Url, sameSecret } from "./credentials.ts";
import { addSecret } from "../log/redact.ts";
import { AppError, reason } from "../errors.ts";

/** Minimum length of a given token in characters. */
const MIN_LENGTH = 16;
const FILE = "token";

/** The access token of a server. */
export class AccessToken {
  #text: string;
  #revoked = new AbortController();

  /**
   * @param text The current token.
   * @param store Stores a new token; `undefined` for a token that was given by flag or variable.
   */
  constructor(text: string, readonly store: ((text: string) => Promise<void>) | undefined) {
    this.#text = text;
    addSecret(text);
  }

  /** The current token. */
  get text(): string {
    return this.#text;
  }

  /** Aborts when the token is replaced; sockets that it opened are closed then. */
  get signal(): AbortSignal {
    return this.#revoked.signal;
  }

  /** Reports whether a credential is this token. */
  matches({ kind, secret }: Credential): boolean {
    return kind !== "ticket" && sameSecret(secret, this.#text);
  }

  /**
   * Replaces the token by a new one.
   *
   * @throws {AppError} "forbidden" for a token that was given by flag or variable, "failed" when it cannot be stored.
   */
  async rotate(): Promise<string> {
    if (this.store === undefined) {
      throw new AppError(
        "forbidden",
        "Cannot rotate the token: it was given with --token or DOCKSTAT_TOKEN. Change it there and restart DockStat",
      );
    }
    const text = newToken();
    await this.store(text);
    this.replace(text);
    return text;
  }

  /** Accepts another token instead of the current one. */
  replace(text: string): void {
    addSecret(text);
    this.#text = text;
    this.#revoked.abort();
    this.#revoked = new AbortController();
  }
}

/** Creates a token of 32 random bytes. */
export function newToken(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
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
 * Loads the token of a data folder; creates one of 32 random bytes if the folder has no token.
 *
 * @throws {AppError} "failed" when the folder cannot be used.
 */
export async function loadToken(folder: string): Promise<string> {
  try {
    const stored = await readToken(folder);
    if (stored !== undefined) return stored;
  } catch (cause) {
    throw cannotStore(folder, cause);
  }
  const text = newToken();
  await storeToken(folder, text);
  return text;
}

/** Reads the token of a data folder; `undefined` if the folder has none. */
export async function readToken(folder: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(`${folder}/${FILE}`)).trim() || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Stores a token in the data folder; under a temporary name first, so that a kill leaves no partial token.
 *
 * @throws {AppError} "failed" when the folder cannot be used.
 */
export async function storeToken(folder: string, text: string): Promise<void> {
  const path = `${folder}/${FILE}`;
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${crypto.randomUUID()}`;
    await Deno.writeTextFile(temporary, `${text}\n`, { mode: 0o600, createNew: true });
    await Deno.rename(temporary, path);
  } catch (cause) {
    throw cannotStore(folder, cause);
  }
}

function cannotStore(folder: string, cause: unknown): AppError {
  const how = "choose a folder with --data, or give a token with DOCKSTAT_TOKEN";
  return new AppError("failed", `Cannot store the token in "${folder}": ${reason(cause)}: ${how}`, { cause });
}
