/** Merges flags, environment and file into one frozen {@linkcode Config}; the only reader of `Deno.env`. */
import { type ConfigFile, formatKeyPath, isWholeAddress, parseConfigFile, PORT } from "./config_file.ts";
import { baseEnvironment, type ChildEnvironment } from "./child_environment.ts";
import { contextEndpoint, defaultEndpoint, type Endpoint, type Environment } from "./docker_context.ts";
import { parseDuration } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { locate } from "../yaml.ts";
import { type Flags, invalidSetting, type Setting, Settings } from "./settings.ts";
import { checkToken } from "../access/token.ts";
import { type Level, LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogSettings } from "../log/log.ts";

/** A monitored host. */
export type HostConfig =
  | { readonly kind: "docker"; readonly id: string; readonly endpoint: Endpoint }
  | { readonly kind: "simulated"; readonly id: string; readonly containers: number; readonly seed: number };

/** Access settings. */
export interface AccessSettings {
  /** The given token; `undefined` for the one in the data folder. */
  readonly token: string | undefined;
  /** False with `--no-auth`. */
  readonly auth: boolean;
  /** Allowed origins beside the server's own. */
  readonly origins: readonly string[];
  readonly readOnly: boolean;
}

/** The configuration of one run, checked and frozen. */
export interface Config {
  readonly hosts: readonly HostConfig[];
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** Path of a unix socket with trusted clients; the port then serves the three sockets only. */
    readonly socket: string | undefined;
  };
  /** Folder for DockStat's data. */
  readonly data: string;
  readonly access: AccessSettings;
  /** Certificate and key files; with them the server speaks https and wss. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly limits: Limits;
  readonly log: LogSettings;
  readonly history: { readonly keepMs: number };
  readonly stacks: { readonly parallel: number };
  /** Environment variables for Compose. */
  readonly env: ChildEnvironment;
  /** Name of this machine from the environment; in a container the start of its id. */
  readonly hostname: string | undefined;
}

export type { Flags };

/** Number of containers of `--demo` without a number. */
export const DEMO_CONTAINERS = 12;
const DEMO_MAX = 10_000;
const DEFAULT_FILE = "dockstat.yaml";

/** Reads the environment of this process and the files that flags and environment name. */
export function loadConfig(flags: Flags): Promise<Config> {
  return resolveConfig(flags, Deno.env.toObject(), Deno.build.os);
}

/**
 * Flags override the environment, the environment overrides the file, and the file overrides the defaults.
 *
 * @throws {AppError} "usage" with the value found, where it is, and the allowed values.
 */
export async function resolveConfig(flags: Flags, env: Environment, os: string): Promise<Config> {
  const settings = new Settings(flags, env);
  const read = await readConfigFile(settings.text("config"));
  const { file } = read;
  const { demo } = flags;
  return Object.freeze({
    hosts: demo === undefined ? await toHosts(read, env) : [simulatedHost(demo)],
    listen: {
      host: settings.text("host")?.value ?? file.listen?.host ?? "127.0.0.1",
      port: toPort(settings.text("port")) ?? file.listen?.port ?? 9876,
      socket: settings.text("socket")?.value,
    },
    data: settings.text("data")?.value ?? defaultDataFolder(env, os),
    access: toAccess(settings),
    tls: toTls(settings),
    limits: { ...DEFAULT_LIMITS, ...file.limits } as Limits,
    log: toLog(settings),
    history: { keepMs: parseDuration(file.history?.keep ?? "1h") ?? 3_600_000 },
    stacks: { parallel: file.stacks?.parallel ?? 4 },
    env: baseEnvironment(env),
    hostname: env["HOSTNAME"] || undefined,
  });
}

function toAccess(settings: Settings): AccessSettings {
  const token = settings.text("token");
  return {
    token: token && checkToken(token.value, token.source),
    auth: !settings.switch("noAuth"),
    origins: settings.list("origin").map(toOrigin),
    readOnly: settings.switch("readOnly"),
  };
}

function toOrigin(setting: Setting): string {
  const expected = 'an origin such as "https://dock.example.org": scheme, name and port only';
  if (!URL.canParse(setting.value)) throw invalidSetting(setting, expected);
  const { origin, protocol } = new URL(setting.value);
  const same = setting.value === origin || setting.value === `${origin}/`;
  if (!same || !/^https?:$/.test(protocol)) throw invalidSetting(setting, expected);
  return origin;
}

function toTls(settings: Settings): Config["tls"] {
  const [cert, key] = [settings.text("tlsCert"), settings.text("tlsKey")];
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert: cert.value, key: key.value };
  throw new AppError("usage", "--tls-cert and --tls-key go together: expected both or neither");
}

function toLog(settings: Settings): LogSettings {
  return {
    level: oneOf<Level>(settings.text("logLevel"), LOG_LEVELS) ?? "info",
    format: oneOf<LogFormat>(settings.text("logFormat"), LOG_FORMATS) ??
      (Deno.stderr.isTerminal() ? "pretty" : "json"),
  };
}

function toPort(setting: Setting | undefined): number | undefined {
  if (setting === undefined) return undefined;
  const port = Number(setting.value);
  if (!/^\d{1,5}$/.test(setting.value) || port > 65535) throw invalidSetting(setting, PORT);
  return port;
}

function oneOf<T extends string>(setting: Setting | undefined, allowed: readonly T[]): T | undefined {
  if (setting === undefined) return undefined;
  const found = allowed.find((name) => name === setting.value.toLowerCase());
  if (found === undefined) throw invalidSetting(setting, `one of ${allowed.join(", ")}`);
  return found;
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

interface FileAndSource {
  readonly file: ConfigFile;
  readonly source: Source;
}

async function readConfigFile(setting: Setting | undefined): Promise<FileAndSource> {
  const name = setting?.value ?? DEFAULT_FILE;
  let text: string;
  try {
    text = await Deno.readTextFile(name);
  } catch (cause) {
    if (setting === undefined && cause instanceof Deno.errors.NotFound) {
      return { file: {}, source: { name, text: "" } };
    }
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : reason(cause);
    throw new AppError("usage", `${setting?.source ?? name}: cannot read "${name}": ${why}`, { cause });
  }
  return { file: await parseConfigFile(text, name), source: { name, text } };
}

async function toHosts({ file, source }: FileAndSource, env: Environment): Promise<readonly HostConfig[]> {
  if (file.hosts === undefined) {
    return [{ kind: "docker", id: "Localhost", endpoint: checked(await defaultEndpoint(env)) }];
  }
  const folder = source.name.replace(/[^/\\]*$/, "") || ".";
  return await Promise.all(file.hosts.map(async ({ id, url, context, tls }, index): Promise<HostConfig> => {
    if (url === undefined) {
      const place = { source, keys: ["hosts", index, "context"] };
      return { kind: "docker", id, endpoint: await endpointOfContext(context ?? "", env, place) };
    }
    if (tls === undefined) return { kind: "docker", id, endpoint: { url } };
    const paths = Object.entries(tls).map(([key, path]) => [key, beside(folder, path ?? "")] as const);
    for (const [key, path] of paths) {
      await checkReadable(path, { source, keys: ["hosts", index, "tls", key] });
    }
    return { kind: "docker", id, endpoint: { url, tls: Object.fromEntries(paths) } };
  }));
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

function simulatedHost(demo: string): HostConfig {
  const containers = demo === "" ? DEMO_CONTAINERS : Number(demo);
  if (!/^\d*$/.test(demo) || !Number.isInteger(containers) || containers < 1 || containers > DEMO_MAX) {
    throw invalidSetting({ source: "--demo", value: demo }, `a number of containers from 1 to ${DEMO_MAX}`);
  }
  return { kind: "simulated", id: "Simulated", containers, seed: 1 };
}

function defaultDataFolder(env: Environment, os: string): string {
  const home = env["HOME"] ?? env["USERPROFILE"] ?? ".";
  if (os === "windows") return `${env["LOCALAPPDATA"] ?? `${home}/AppData/Local`}/dockstat`;
  if (os === "darwin") return `${home}/Library/Application Support/dockstat`;
  return `${env["XDG_DATA_HOME"] || `${home}/.local/share`}/dockstat`;
}
