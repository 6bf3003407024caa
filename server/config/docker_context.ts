/** Finds the engine without configuration: `DOCKER_HOST`, then the current Docker context, then the default socket. */
import { AppError, reason } from "../errors.ts";

/** Environment variables, read once by `config.ts`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Address of an engine. */
export interface Endpoint {
  /** `unix:///path`, `tcp://host:port`, `http(s)://host:port` or `ssh://user@host`. */
  readonly url: string;
  /** Paths of PEM files. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** True for an address that was given in the page: it must not lead to this machine or its link. */
  readonly guarded?: boolean;
  /** True for a node of a swarm without verified TLS: nothing may be sent there but requests for what it has. */
  readonly viewOnly?: boolean;
}

/** Socket of an engine with default settings. */
export const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

/** Returns the engine that the `docker` command would use. */
export async function defaultEndpoint(env: Environment): Promise<Endpoint> {
  if (env["DOCKER_HOST"]) return fromDockerHost(env["DOCKER_HOST"], env);
  const name = env["DOCKER_CONTEXT"] || await currentContext(env);
  return name === undefined ? { url: DEFAULT_SOCKET } : await contextEndpoint(name, env);
}

function fromDockerHost(host: string, env: Environment): Endpoint {
  const url = host.startsWith("/") ? `unix://${host}` : host;
  const folder = env["DOCKER_CERT_PATH"] ?? dockerFolder(env);
  if (!url.startsWith("tcp:") || !env["DOCKER_TLS_VERIFY"] || folder === undefined) return { url };
  return { url, tls: { ca: `${folder}/ca.pem`, cert: `${folder}/cert.pem`, key: `${folder}/key.pem` } };
}

/** Returns the folder of the Docker CLI's configuration; `undefined` if it is unknown. */
export function dockerFolder(env: Environment): string | undefined {
  const home = env["HOME"] ?? env["USERPROFILE"];
  return env["DOCKER_CONFIG"] ?? (home ? `${home}/.docker` : undefined);
}

async function currentContext(env: Environment): Promise<string | undefined> {
  const folder = dockerFolder(env);
  if (folder === undefined) return undefined;
  const config = await readJson(`${folder}/config.json`);
  const name = (config as { currentContext?: unknown } | undefined)?.currentContext;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/**
 * Returns the endpoint of a Docker CLI context.
 *
 * @throws {AppError} "usage" when the context does not exist or names no engine.
 */
export async function contextEndpoint(name: string, env: Environment): Promise<Endpoint> {
  if (name === "default") return { url: env["DOCKER_HOST"] ?? DEFAULT_SOCKET };
  const folder = dockerFolder(env);
  const id = await sha256(name);
  const meta = await readJson(`${folder}/contexts/meta/${id}/meta.json`) as ContextMeta | undefined;
  const url = meta?.Endpoints?.docker?.Host;
  if (typeof url !== "string" || url === "") {
    throw new AppError(
      "usage",
      `Cannot use Docker context "${name}": ${folder} has no such context; ` +
        '"docker context ls" lists them',
    );
  }
  const tls = await contextTls(`${folder}/contexts/tls/${id}/docker`);
  return tls === undefined ? { url } : { url, tls };
}

interface ContextMeta {
  readonly Endpoints?: { readonly docker?: { readonly Host?: unknown } };
}

async function contextTls(folder: string): Promise<Endpoint["tls"]> {
  const found: Record<string, string> = {};
  for (const key of ["ca", "cert", "key"]) {
    if (await exists(`${folder}/${key}.pem`)) found[key] = `${folder}/${key}.pem`;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new AppError("usage", `Cannot read Docker's configuration "${path}": ${reason(cause)}`, { cause });
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
