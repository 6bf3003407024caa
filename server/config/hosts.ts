/** The monitored hosts of a configuration. */
import { AppError, reason } from "../errors.ts";
import { locate } from "../yaml.ts";
import { type ConfigFile, formatKeyPath } from "./config_file.ts";
import { contextEndpoint, defaultEndpoint, type Endpoint, type Environment } from "./docker_context.ts";
import { isWholeAddress } from "./host_schema.ts";

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
  }
  | { readonly kind: "simulated"; readonly id: string; readonly containers: number; readonly seed: number };

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
  const folder = source.name.replace(/[^/\\]*$/, "") || ".";
  return await Promise.all(
    file.hosts.map(async ({ id, url, context, tls, labels, publicName }, index): Promise<HostConfig> => {
      const host = {
        ...{ kind: "docker" as const, id },
        ...labels !== undefined && { labels },
        ...publicName !== undefined && { publicName },
      };
      if (url === undefined) {
        const place = { source, keys: ["hosts", index, "context"] };
        return { ...host, endpoint: await endpointOfContext(context ?? "", env, place) };
      }
      if (tls === undefined) return { ...host, endpoint: { url } };
      const paths = Object.entries(tls).map(([key, path]) => [key, beside(folder, path ?? "")] as const);
      for (const [key, path] of paths) {
        await checkReadable(path, { source, keys: ["hosts", index, "tls", key] });
      }
      return { ...host, endpoint: { url, tls: Object.fromEntries(paths) } };
    }),
  );
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
