/** Pure: names of images, as the engine and Compose write them. */

/** The parts of an image's name. */
export interface ImageReference {
  /** Registry as the engine names it, such as "docker.io" or "registry.lan:5000". */
  readonly registry: string;
  /** Repository within the registry, such as "library/nginx". */
  readonly repository: string;
  /** Tag; "latest" unless the name states a tag or a digest. */
  readonly tag: string | undefined;
  /** Digest that the name is pinned to. */
  readonly digest: string | undefined;
}

/** Registry of names without one. */
const DOCKER_HUB = "docker.io";
const LONGEST_NAME = 512;
const REGISTRY = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Parses the name of an image; `undefined` for ids and other texts that no registry serves.
 *
 * @see https://github.com/distribution/reference for the grammar.
 */
export function parseReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST_NAME || /^(sha256:)?[0-9a-f]{12,64}$/.test(text)) return undefined;
  const [named, digest, ...more] = text.split("@");
  const [, name, tag] = /^(.*?)(?::([^/:]*))?$/.exec(named!) ?? [];
  if (name === undefined || more.length > 0 || (digest !== undefined && !isDigest(digest))) return undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const { registry, repository } = splitName(name);
  if (!REGISTRY.test(registry) || !REPOSITORY.test(repository)) return undefined;
  return { registry, repository, tag: tag ?? (digest === undefined ? "latest" : undefined), digest };
}

/** The first part is a registry if it has a dot or a port, or is "localhost". */
function splitName(name: string): Pick<ImageReference, "registry" | "repository"> {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  if (/[.:]/.test(first) || first === "localhost") {
    const registry = first === "index.docker.io" ? DOCKER_HUB : first;
    return { registry, repository: inHub(registry, name.slice(slash + 1)) };
  }
  return { registry: DOCKER_HUB, repository: inHub(DOCKER_HUB, name) };
}

/** Names of Docker Hub without a user are in "library". */
function inHub(registry: string, repository: string): string {
  return registry === DOCKER_HUB && !repository.includes("/") ? `library/${repository}` : repository;
}

/** Reports whether a text is a SHA-256 digest. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** Reports whether a value is a tag. */
export function isTag(text: string | undefined): text is string {
  return text !== undefined && TAG.test(text);
}

/** Returns the root of a registry's API. As for the engine, a registry on loopback is served without TLS. */
export function registryUrl(registry: string): string {
  if (registry === DOCKER_HUB) return "https://registry-1.docker.io";
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
  return `${isLoopback ? "http" : "https"}://${registry}`;
}
