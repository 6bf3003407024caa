/** Merges flags, environment and file into one frozen {@linkcode Config}; the only reader of `Deno.env`. */
import { isHost, isLoopback, toBasePath } from "../address.ts";
import { BASE_PATH, LISTEN_HOST, parseConfigFile, PORT, type ReaderSetting } from "./config_file.ts";
import { baseEnvironment, type ChildEnvironment } from "./child_environment.ts";
import { dockerFolder, type Environment } from "./docker_context.ts";
import { type FileAndSource, type HostConfig, type SwarmSource, toHosts, toSwarms } from "./hosts.ts";
import { parseDuration } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { taskPrefix, withTasks } from "./invocation.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { defaultDataFolder } from "./data_folder.ts";
import type { GitHost } from "./git.ts";
import { simulatedHost } from "./demo.ts";
import { type AllowedAddress, parseAllowed } from "../outbound/addresses.ts";
import { type Flags, invalidSetting, type Setting, Settings, toOrigin } from "./settings.ts";
import type { ChannelDraft } from "../protocol/alerts/channel.ts";
import type { RuleDraft } from "../protocol/alerts/rule.ts";
import { toUpdates, type UpdateSettings } from "./updates.ts";
import { type OtlpSettings, toOtlp } from "./otlp.ts";
import { nearestName } from "../suggestion.ts";
import { checkToken } from "../access/token.ts";
import { type Level, LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogSettings } from "../log/log.ts";

/** Access settings. */
export interface AccessSettings {
  /** The given token; `undefined` for the one in the data folder. */
  readonly token: string | undefined;
  /** False with `--no-auth`. */
  readonly auth: boolean;
  /** True with `--view-token`: viewing requires the token on loopback as well. */
  readonly viewToken: boolean;
  /** Allowed origins beside the server's own. */
  readonly origins: readonly string[];
  readonly readOnly: boolean;
}

/** The configuration of one run, checked and frozen. */
export interface Config {
  readonly hosts: readonly HostConfig[];
  /** Names with the nodes of swarms behind them. */
  readonly swarms?: readonly SwarmSource[];
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** Path of a unix socket with trusted clients; the port then serves the three sockets only. */
    readonly socket: string | undefined;
    /** Path that everything is served under, such as `/dockstat`; empty or absent for the root. */
    readonly basePath?: string;
  };
  /** Folder for DockStat's data. */
  readonly data: string;
  readonly access: AccessSettings;
  /** Certificate and key files; with them the server speaks https and wss. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly limits: Limits;
  /** False switches terminals in containers off. */
  readonly exec: boolean;
  readonly log: LogSettings;
  readonly history: {
    readonly keepMs: number;
    /** Collects without viewers; `auto` does where the kernel is read. */
    readonly always: "auto" | boolean;
  };
  /** Reader of the numbers of local engines. */
  readonly reader: ReaderSetting;
  readonly stacks: {
    readonly parallel: number;
    /** Keys that compose files may have beside those of the Compose specification. */
    readonly allowKeys: readonly string[];
  };
  readonly updates: UpdateSettings;
  readonly outbound: {
    /** Loopback and link-local addresses that requests for users may reach. */
    readonly allow: readonly AllowedAddress[];
  };
  /** Receiver of metrics; absent for none, and for simulated containers. */
  readonly otlp?: OtlpSettings | undefined;
  /** Logins and certificates of Git hosts. */
  readonly gitHosts?: readonly GitHost[];
  /** Rules and channels of the file. */
  readonly alerts: { readonly rules: readonly RuleDraft[]; readonly channels: readonly ChannelDraft[] };
  /** Environment variables for Compose. */
  readonly env: ChildEnvironment;
  /** Name of this machine from the environment; in a container the start of its id. */
  readonly hostname: string | undefined;
}

export { DEMO_CONTAINERS } from "./demo.ts";
export type { Flags, HostConfig, SwarmSource };

const DEFAULT_FILE = "dockstat.yaml";

/** A configuration with the file that a part of it comes from. */
export interface LoadedConfig extends FileAndSource {
  readonly config: Config;
}

/** Reads the environment of this process and the files that flags and environment name. */
export async function loadConfig(flags: Flags): Promise<Config> {
  return (await readConfig(flags)).config;
}

/** Reads the configuration like {@linkcode loadConfig}, and keeps its file for comparison with a later one. */
export async function readConfig(flags: Flags): Promise<LoadedConfig> {
  const env = Deno.env.toObject();
  const settings = new Settings(flags, env);
  const read = await readConfigFile(settings.text("config"));
  return { ...read, config: await toConfig(settings, read, env, Deno.build.os) };
}

/** Replaces commands in a message by those that the user can type, such as `npx -y deno@2.9.6 task stats`. */
export function copyable(text: string): string {
  try {
    return withTasks(text, taskPrefix(Deno.env.toObject(), Deno.version.deno));
  } catch {
    // Without access to the environment the way of the start is not known.
    return text;
  }
}

/**
 * Flags override the environment, the environment overrides the file, and the file overrides the defaults.
 *
 * @throws {AppError} "usage" with the value found, where it is, and the allowed values.
 */
export async function resolveConfig(flags: Flags, env: Environment, os: string): Promise<Config> {
  const settings = new Settings(flags, env);
  return await toConfig(settings, await readConfigFile(settings.text("config")), env, os);
}

async function toConfig(
  settings: Settings,
  read: FileAndSource,
  env: Environment,
  os: string,
): Promise<Config> {
  const { file } = read;
  const demo = settings.text("demo");
  const host = toHost(settings.text("host")) ?? file.listen?.host ?? "127.0.0.1";
  return Object.freeze({
    hosts: demo === undefined ? await toHosts(read, env) : [simulatedHost(demo)],
    swarms: demo === undefined ? await toSwarms(read) : [],
    listen: {
      host,
      port: toPort(settings.text("port")) ?? file.listen?.port ?? 9876,
      socket: settings.text("socket")?.value,
      basePath: toBase(settings.text("basePath")) ?? toBasePath(file.listen?.basePath ?? "") ?? "",
    },
    data: settings.text("data")?.value ?? defaultDataFolder(env, os),
    access: toAccess(settings, host),
    tls: toTls(settings),
    limits: { ...DEFAULT_LIMITS, ...file.limits } as Limits,
    exec: file.exec ?? true,
    log: toLog(settings),
    history: {
      keepMs: parseDuration(file.history?.keep ?? "") ?? 30 * 86_400_000,
      // Simulated numbers cost little, and a demo without gaps looks like a server that has run for days.
      always: file.history?.always ?? (demo === undefined ? "auto" : true),
    },
    reader: file.reader ?? "auto",
    stacks: { parallel: file.stacks?.parallel ?? 4, allowKeys: file.stacks?.allowKeys ?? [] },
    updates: toUpdates(file.updates, dockerFolder(env)),
    outbound: { allow: (file.outbound?.allow ?? []).flatMap((text) => parseAllowed(text) ?? []) },
    otlp: demo === undefined ? toOtlp(file.otlp) : undefined,
    gitHosts: file.git?.hosts ?? [],
    alerts: { rules: file.alerts ?? [], channels: file.channels ?? [] },
    ...{ env: baseEnvironment(env), hostname: env["HOSTNAME"] || undefined },
  });
}

function toAccess(settings: Settings, host: string): AccessSettings {
  const token = settings.text("token");
  const noAuth = settings.switch("noAuth");
  if (noAuth && !isLoopback(host) && !settings.switch("readOnly")) {
    throw new AppError(
      "usage",
      `--no-auth: expected --read-only with it on "${host}", since every machine that reaches the address would be root`,
    );
  }
  return {
    token: token && checkToken(token.value, token.source),
    auth: !noAuth,
    viewToken: settings.switch("viewToken"),
    origins: settings.list("origin").map(toOrigin),
    readOnly: settings.switch("readOnly"),
  };
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

function toHost(setting: Setting | undefined): string | undefined {
  if (setting !== undefined && !isHost(setting.value)) throw invalidSetting(setting, LISTEN_HOST);
  return setting?.value;
}

function toPort(setting: Setting | undefined): number | undefined {
  if (setting === undefined) return undefined;
  const port = Number(setting.value);
  if (!/^\d{1,5}$/.test(setting.value) || port > 65535) throw invalidSetting(setting, PORT);
  return port;
}

function toBase(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined;
  const path = toBasePath(setting.value);
  if (path === undefined) throw invalidSetting(setting, BASE_PATH);
  return path;
}

function oneOf<T extends string>(setting: Setting | undefined, allowed: readonly T[]): T | undefined {
  if (setting === undefined) return undefined;
  const found = allowed.find((name) => name === setting.value.toLowerCase());
  if (found !== undefined) return found;
  const nearest = nearestName(setting.value.toLowerCase(), allowed);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw invalidSetting(setting, `one of ${allowed.join(", ")}${hint}`);
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
