/** Reads what registries serve under a tag, with as few requests as possible. */
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { OutboundClient } from "../outbound/client.ts";
import type { OutboundOutcome } from "../outbound/outcome.ts";
import { type Challenge, mayReceiveLogin, parseChallenge, tokenUrl } from "./challenge.ts";
import { failureReason, RegistryError } from "./registry_error.ts";
import type { FindLogin } from "./logins.ts";
import { type ImageReference, isDigest, isTag, registryUrl } from "./reference.ts";

/** Kinds of manifests; without them a registry converts, and the digest is another one. */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
/** Pause after a registry has answered 429 without a time, ms. */
const DEFAULT_PAUSE_MS = 3_600_000;
const LONGEST_PAUSE_MS = 86_400_000;
/** Pages of tags that are read, and the size of one. */
const MOST_PAGES = 5;
const PAGE = 1000;

/** Parts of a {@linkcode RegistryClient}. */
export interface RegistryParts {
  readonly outbound: Pick<OutboundClient, "request">;
  readonly findLogin: FindLogin;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * A client for the read-only part of the OCI distribution API. It keeps challenges and tokens, so that each check costs
 * one request per tag; create one per round of checks.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export class RegistryClient {
  readonly #challenges = new Map<string, Promise<Challenge>>();
  readonly #authorizations = new Map<string, Promise<string | undefined>>();
  readonly #pausedUntil = new Map<string, number>();
  readonly #now: () => number;

  constructor(readonly parts: RegistryParts) {
    this.#now = parts.now ?? Date.now;
  }

  /**
   * Returns the digest that the registry serves for a tag now, of the index if the image has several platforms.
   *
   * @throws {RegistryError} if the registry does not report it.
   */
  async digest(reference: ImageReference, signal: AbortSignal): Promise<string> {
    const path = `/v2/${reference.repository}/manifests/${reference.tag}`;
    const { headers } = await this.#read(reference, path, "HEAD", signal);
    const digest = headers["docker-content-digest"] ?? "";
    if (!isDigest(digest)) throw new RegistryError("the registry reported no digest");
    return digest;
  }

  /**
   * Returns the tags of a repository, of the first 5,000.
   *
   * @throws {RegistryError} if the registry does not list them.
   */
  async tags(reference: ImageReference, signal: AbortSignal): Promise<readonly string[]> {
    const tags: string[] = [];
    for (let page = 0; page < MOST_PAGES; page++) {
      const last = tags.at(-1);
      const after = last === undefined ? "" : `&last=${encodeURIComponent(last)}`;
      const path = `/v2/${reference.repository}/tags/list?n=${PAGE}${after}`;
      const { body, headers } = await this.#read(reference, path, "GET", signal);
      const listed = itemsOf(fieldsOf(parsed(body))["tags"]).map(textOf).filter(isTag);
      tags.push(...listed.slice(0, PAGE));
      // The address in `Link` is not followed: the next page of the same repository is requested by name.
      if (listed.length === 0 || headers["link"] === undefined) break;
    }
    return tags;
  }

  async #read(
    { registry, repository }: ImageReference,
    path: string,
    method: "GET" | "HEAD",
    signal: AbortSignal,
  ) {
    const root = registryUrl(registry);
    const authorization = await this.#authorization(registry, repository, signal);
    const answer = this.#accepted(
      registry,
      await this.#request(registry, {
        url: `${root}${path}`,
        method,
        headers: { accept: MANIFESTS, ...authorization !== undefined && { authorization } },
        signal,
      }),
    );
    if (answer.status === 200) return answer;
    throw new RegistryError(reasonOf(answer.status));
  }

  /** Returns the value of `Authorization` for a repository; `undefined` where none is needed. */
  #authorization(registry: string, repository: string, signal: AbortSignal): Promise<string | undefined> {
    return once(this.#authorizations, `${registry}/${repository}`, async () => {
      const challenge = await once(this.#challenges, registry, () => this.#challenge(registry, signal));
      if (challenge.kind === "none") return undefined;
      const login = await this.parts.findLogin(registry);
      if (challenge.kind === "bearer") {
        return await this.#token(registry, repository, challenge, login, signal);
      }
      if (login === undefined) throw new RegistryError(NO_LOGIN);
      return `Basic ${login}`;
    });
  }

  async #challenge(registry: string, signal: AbortSignal): Promise<Challenge> {
    const url = `${registryUrl(registry)}/v2/`;
    const { status, headers } = this.#accepted(registry, await this.#request(registry, { url, signal }));
    if (status === 200) return { kind: "none" };
    const challenge = status === 401 ? parseChallenge(headers["www-authenticate"]) : undefined;
    if (challenge === undefined) {
      throw new RegistryError(
        status === 401 ? "the registry requires an unsupported authentication method" : reasonOf(status),
      );
    }
    return challenge;
  }

  async #token(
    registry: string,
    repository: string,
    challenge: Extract<Challenge, { kind: "bearer" }>,
    login: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const sends = login !== undefined && mayReceiveLogin(challenge.realm, registryUrl(registry));
    const outcome = await this.#request(registry, {
      url: tokenUrl(challenge, repository),
      ...sends && { headers: { authorization: `Basic ${login}` } },
      signal,
    });
    const { status, body } = this.#accepted(registry, outcome);
    const { token, access_token } = fieldsOf(status === 200 ? parsed(body) : undefined);
    const text = textOf(token) ?? textOf(access_token);
    if (text === undefined || !/^[\x21-\x7e]{1,16384}$/.test(text)) {
      throw new RegistryError(login === undefined ? NO_LOGIN : REFUSED);
    }
    return `Bearer ${text}`;
  }

  /** Sends a request, unless the registry has asked for a pause. */
  async #request(
    registry: string,
    request: Parameters<OutboundClient["request"]>[0],
  ): Promise<OutboundOutcome> {
    const until = this.#pausedUntil.get(registry) ?? 0;
    if (until > this.#now()) throw limited(until);
    return await this.parts.outbound.request(request);
  }

  #accepted(registry: string, outcome: OutboundOutcome) {
    if (outcome.kind !== "answered") throw new RegistryError(failureReason(outcome));
    if (outcome.status !== 429) return outcome;
    const until = this.#now() + pauseOf(outcome.headers["retry-after"], this.#now());
    this.#pausedUntil.set(registry, until);
    throw limited(until);
  }
}

const NO_LOGIN = "the registry requires a login: run docker login";
const REFUSED = "the registry refused the login: run docker login again";

function reasonOf(status: number): string {
  if (status === 401 || status === 403) return "the registry has no such image, or requires another login";
  if (status === 404) return "the registry has no such image";
  return `the registry answered with status ${status}`;
}

function limited(until: number): RegistryError {
  const time = new Date(until).toISOString();
  return new RegistryError(`the registry limits requests until ${time}`, until);
}

/** Reads `Retry-After`: seconds or a date; ms. */
function pauseOf(header: string | undefined, now: number): number {
  const seconds = /^\d{1,9}$/.test(header ?? "") ? Number(header) * 1000 : Date.parse(header ?? "") - now;
  const ms = Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_PAUSE_MS;
  return Math.min(ms, LONGEST_PAUSE_MS);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new RegistryError("the registry did not answer with JSON");
  }
}

/** Returns the promise of a key, and creates it at the first call. */
function once<T>(kept: Map<string, Promise<T>>, key: string, create: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const created = create();
  kept.set(key, created);
  return created;
}
