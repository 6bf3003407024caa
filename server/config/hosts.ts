/** The monitored hosts of a configuration. */
import { AppError, reason } from "../errors.ts";
import { locate } from "../yaml.ts";
import { type ConfigFile, formatKeyPath } from "./config_file.ts";
import { contextEndpoint, defaultEndpoint, type Endpoint, type Environment } from "./docker_context.ts";
import { type FileHost, type FileSwarm, isWholeAddress } from "./host_schema.ts";

/** A monitored host. */
export type HostConfig =
  | {
    readonly kind: "docker";
    readonly id: string;
    readonly endpoint: Endpoint;
    /** Labels of the user, such as the site. */
    readonly labels?: Readonly<Record<string, string>>;
    /** Name for links to published ports. */
    readonly publicName?: string;
    /** True for a host that was added in DockStat. */
    readonly managed?: boolean;
    /** The node of a swarm that the engine must be; absent for a host of the configuration. */
    readonly node?: { readonly id: string; readonly viewOnly: boolean };
  }
  | { readonly kind: "simulated"; readonly id: string; readonly containers: number; readonly seed: number };

/** A name with the nodes of a swarm behind it. */
export interface SwarmSource {
  /** Name or address. */
  readonly name: string;
  readonly port: number;
  /** Paths of PEM files. */
  readonly tls?: Endpoint["tls"];
  readonly labels?: Readonly<Record<string, string>>;
  /** Returns the endpoint of one of its addresses. */
  endpointAt(address: string): Endpoint;
}

/** The file that a configuration was read from. */
interface Source {
  readonly name: string;
  readonly text: string;
}

/** Position of a value in the file. */
interface Place {
  readonly source: Source;
  readonly keys: readonly (string | number)[];
}

/** A parsed configuration file with its source. */
export interface FileAndSource {
  readonly file: ConfigFile;
  readonly source: Source;
}

/**
 * Returns the monitored hosts: those of the file, or the engine that the `docker` command would use.
 *
 * @throws {AppError} "usage" for an unusable address, certificate or context.
 */
export async function toHosts(
  { file, source }: FileAndSource,
  env: Environment,
): Promise<readonly HostConfig[]> {
  if (file.hosts === undefined) {
    return [{ kind: "docker", id: "Localhost", endpoint: checked(await defaultEndpoint(env)) }];
  }
  return await Promise.all(
    file.hosts.flatMap((entry, index) => "swarm" in entry ? [] : [toHost(entry, { source, index, env })]),
  );
}

/** Position of a host in the file, and the environment of its context. */
interface Entry {
  readonly source: Source;
  readonly index: number;
  readonly env: Environment;
}

async function toHost(
  { id, url, context, tls, labels, publicName }: FileHost,
  { source, index, env }: Entry,
): Promise<HostConfig> {
  const host = {
    ...{ kind: "docker" as const, id },
    ...labels !== undefined && { labels },
    ...publicName !== undefined && { publicName },
  };
  if (url === undefined) {
    const place = { source, keys: ["hosts", index, "context"] };
    return { ...host, endpoint: await endpointOfContext(context ?? "", env, place) };
  }
  const paths = await tlsPaths(tls, source, index);
  return { ...host, endpoint: { url, ...paths !== undefined && { tls: paths } } };
}

/**
 * Returns the names of the file with the nodes of swarms behind them.
 *
 * @throws {AppError} "usage" for a certificate that cannot be read.
 */
export async function toSwarms({ file, source }: FileAndSource): Promise<readonly SwarmSource[]> {
  const found = (file.hosts ?? []).map((entry, index) =>
    "swarm" in entry ? [toSwarm(entry, source, index)] : []
  );
  return await Promise.all(found.flat());
}

async function toSwarm(
  { swarm, tls, labels }: FileSwarm,
  source: Source,
  index: number,
): Promise<SwarmSource> {
  const { hostname, port } = new URL(swarm);
  const paths = await tlsPaths(tls, source, index);
  const secured = paths !== undefined && { tls: paths };
  const at = Number(port) || (secured ? 2376 : 2375);
  return {
    ...{ name: hostname.replace(/^\[|\]$/g, ""), port: at },
    ...secured,
    ...labels !== undefined && { labels },
    endpointAt: (address) => {
      const host = address.includes(":") ? `[${address}]` : address;
      return { url: `tcp://${host}:${at}`, guarded: true, ...secured };
    },
  };
}

/** Returns the paths of certificates, which are beside the file. */
async function tlsPaths(
  tls: FileHost["tls"],
  source: Source,
  index: number,
): Promise<Endpoint["tls"]> {
  if (tls === undefined) return undefined;
  const folder = source.name.replace(/[^/\\]*$/, "") || ".";
  const paths = Object.entries(tls).map(([key, path]) => [key, beside(folder, path ?? "")] as const);
  for (const [key, path] of paths) {
    await checkReadable(path, { source, keys: ["hosts", index, "tls", key] });
  }
  return Object.fromEntries(paths);
}

/** Reports a missing certificate as an error in the file rather than as a host that is down. */
async function checkReadable(path: string, place: Place): Promise<void> {
  try {
    await Deno.readTextFile(path);
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : reason(cause);
    throw await misplaced(place, `cannot read "${path}": ${why}`, cause);
  }
}

/** Reports a missing context, or one with an unusable address, as an error in the file. */
async function endpointOfContext(name: string, env: Environment, place: Place): Promise<Endpoint> {
  try {
    return checked(await contextEndpoint(name, env));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw await misplaced(place, cause.message, cause);
  }
}

async function misplaced({ source, keys }: Place, message: string, cause: unknown): Promise<AppError> {
  const [at, path] = [await locate(source.text, keys), formatKeyPath(keys)];
  return new AppError("usage", `${source.name}:${at?.line}:${at?.column}: ${path}: ${message}`, {
    cause,
    issues: [{ path, ...at, message }],
  });
}

/** Checks addresses that come from Docker's own settings. */
function checked(endpoint: Endpoint): Endpoint {
  if (/^(unix:\/\/\/|(tcp|https?|ssh):\/\/[^/\s]+)/.test(endpoint.url) && isWholeAddress(endpoint.url)) {
    return endpoint;
  }
  throw new AppError(
    "usage",
    `Cannot use the engine address "${endpoint.url}" (from DOCKER_HOST or the Docker context): expected ` +
      'unix:///path, tcp://host:port or ssh://user@host; on Windows turn on "Expose daemon on tcp://localhost:2375"',
  );
}

function beside(folder: string, path: string): string {
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path : `${folder.replace(/[/\\]$/, "")}/${path}`;
}
