/** Flags, environment and file become one frozen {@linkcode Config}; the only reader of `Deno.env`. */
import { type ConfigFile, parseConfigFile, PORT } from "./config_file.ts";
import { contextEndpoint, defaultEndpoint, type Endpoint, type Environment } from "./docker_context.ts";
import { parseDuration } from "./duration.ts";
import { AppError, reason } from "./errors.ts";
import { type Level, LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogSettings } from "./log.ts";

/** The flags of `dockstat serve` as typed, before anything is checked. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly config?: string;
  readonly data?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
  /** The number after `--demo`, or an empty text without one. */
  readonly demo?: string;
}

/** A host whose containers are watched. */
export type HostConfig =
  | { readonly kind: "docker"; readonly id: string; readonly endpoint: Endpoint }
  | { readonly kind: "simulated"; readonly id: string; readonly containers: number; readonly seed: number };

/** Everything that a run of DockStat is told, checked and frozen. */
export interface Config {
  readonly hosts: readonly HostConfig[];
  readonly listen: { readonly host: string; readonly port: number };
  /** The folder of what DockStat keeps. */
  readonly data: string;
  readonly log: LogSettings;
  readonly history: { readonly keepMs: number };
}

/** How many containers `--demo` shows when no number is given. */
export const DEMO_CONTAINERS = 12;
const DEMO_MAX = 10_000;
const DEFAULT_FILE = "dockstat.yaml";

/** Reads the environment of this process and the files that flags and environment name. */
export function loadConfig(flags: Flags): Promise<Config> {
  return resolveConfig(flags, Deno.env.toObject(), Deno.build.os);
}

/**
 * Flags win over the environment, the environment over the file, the file over the defaults.
 *
 * @throws {AppError} "usage" that names what was found, where, and what is allowed.
 */
export async function resolveConfig(flags: Flags, env: Environment, os: string): Promise<Config> {
  const pick = (flag: keyof Flags, name: string): Setting | undefined => {
    const value = flags[flag] ?? (env[name] || undefined);
    const source = flags[flag] === undefined ? name : `--${kebab(flag)}`;
    return value === undefined ? undefined : { value, source };
  };
  const { file, folder } = await readConfigFile(pick("config", "DOCKSTAT_CONFIG"));
  const demo = flags.demo;
  return Object.freeze({
    hosts: demo === undefined ? await toHosts(file, folder, env) : [simulatedHost(demo)],
    listen: {
      host: pick("host", "DOCKSTAT_HOST")?.value ?? file.listen?.host ?? "127.0.0.1",
      port: toPort(pick("port", "DOCKSTAT_PORT")) ?? file.listen?.port ?? 9876,
    },
    data: pick("data", "DOCKSTAT_DATA")?.value ?? defaultDataFolder(env, os),
    log: {
      level: oneOf<Level>(pick("logLevel", "DOCKSTAT_LOG_LEVEL"), LOG_LEVELS) ?? "info",
      format: oneOf<LogFormat>(pick("logFormat", "DOCKSTAT_LOG_FORMAT"), LOG_FORMATS) ??
        (Deno.stderr.isTerminal() ? "pretty" : "json"),
    },
    history: { keepMs: parseDuration(file.history?.keep ?? "1h") ?? 3_600_000 },
  });
}

interface Setting {
  readonly value: string;
  /** The flag or variable that said so. */
  readonly source: string;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function wrong({ value, source }: Setting, allowed: string): AppError {
  return new AppError("usage", `${source}: found "${value}": expected ${allowed}`);
}

function toPort(setting: Setting | undefined): number | undefined {
  if (setting === undefined) return undefined;
  const port = Number(setting.value);
  if (!/^\d{1,5}$/.test(setting.value) || port > 65535) throw wrong(setting, PORT);
  return port;
}

function oneOf<T extends string>(setting: Setting | undefined, allowed: readonly T[]): T | undefined {
  if (setting === undefined) return undefined;
  const found = allowed.find((name) => name === setting.value.toLowerCase());
  if (found === undefined) throw wrong(setting, `one of ${allowed.join(", ")}`);
  return found;
}

async function readConfigFile(setting: Setting | undefined): Promise<{ file: ConfigFile; folder: string }> {
  const name = setting?.value ?? DEFAULT_FILE;
  let text: string;
  try {
    text = await Deno.readTextFile(name);
  } catch (cause) {
    if (setting === undefined && cause instanceof Deno.errors.NotFound) return { file: {}, folder: "." };
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : reason(cause);
    throw new AppError("usage", `${setting?.source ?? name}: cannot read "${name}": ${why}`, { cause });
  }
  return { file: await parseConfigFile(text, name), folder: name.replace(/[^/\\]*$/, "") || "." };
}

async function toHosts(file: ConfigFile, folder: string, env: Environment): Promise<readonly HostConfig[]> {
  if (file.hosts === undefined) {
    return [{ kind: "docker", id: "Localhost", endpoint: checked(await defaultEndpoint(env)) }];
  }
  return await Promise.all(file.hosts.map(async ({ id, url, context, tls }): Promise<HostConfig> => {
    if (url === undefined) {
      return { kind: "docker", id, endpoint: checked(await contextEndpoint(context ?? "", env)) };
    }
    const paths = Object.entries(tls ?? {}).map(([key, path]) => [key, beside(folder, path ?? "")]);
    return { kind: "docker", id, endpoint: tls ? { url, tls: Object.fromEntries(paths) } : { url } };
  }));
}

/** Addresses that come from Docker's own settings, not from our file, are checked here. */
function checked(endpoint: Endpoint): Endpoint {
  if (/^(unix:\/\/\/|(tcp|https?|ssh):\/\/[^/\s]+)/.test(endpoint.url)) return endpoint;
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
  if (!Number.isInteger(containers) || containers < 1 || containers > DEMO_MAX) {
    throw wrong({ source: "--demo", value: demo }, `how many containers to simulate, from 1 to ${DEMO_MAX}`);
  }
  return { kind: "simulated", id: "Simulated", containers, seed: 1 };
}

function defaultDataFolder(env: Environment, os: string): string {
  const home = env["HOME"] ?? env["USERPROFILE"] ?? ".";
  if (os === "windows") return `${env["LOCALAPPDATA"] ?? `${home}/AppData/Local`}/dockstat`;
  if (os === "darwin") return `${home}/Library/Application Support/dockstat`;
  return `${env["XDG_DATA_HOME"] || `${home}/.local/share`}/dockstat`;
}
