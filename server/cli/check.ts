/** `dockstat check`: reports missing prerequisites. */
import { expectsProxy } from "../access/local.ts";
import { isLoopback } from "../address.ts";
import { type ChildEnvironment } from "../config/child_environment.ts";
import { composeVersions, findCompose } from "../compose/command.ts";
import { type Config, copyable, type Flags, type HostConfig, loadConfig } from "../config/config.ts";
import { openEngine } from "../docker/docker_engine.ts";
import { AppError, reason } from "../errors.ts";
import type { ReaderSetting } from "../config/config_file.ts";
import type { Endpoint } from "../config/docker_context.ts";
import type { Container } from "../docker/container.ts";
import { HostReader } from "../kernel/host_reader.ts";
import { openKernelReader } from "../kernel/open_reader.ts";
import { COLLECTOR_TIMES } from "../stats/times.ts";
import { isTakenByDockStat, whyNotListening } from "../listen/listener.ts";
import { painted, showsColors } from "./color.ts";
import { print } from "./terminal.ts";

/** Timeout of an engine, ms. */
const PATIENCE_MS = 10_000;

/** Number of running containers that are compared. */
const INSPECTED = 3;

/** Result of one check. */
interface Finding {
  readonly what: string;
  readonly fine: boolean;
  readonly detail: string;
}

/**
 * Checks the engines, Compose, the data folder and the port, and prints one line for each.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when something is missing.
 */
export async function runCheck(flags: Flags): Promise<void> {
  const config = await loadConfig(flags);
  const findings = await Promise.all([
    ...config.hosts.map(checkHost),
    ...config.hosts.map((host) => checkReader(host, config)),
    checkCompose(config.env),
    checkData(config.data),
    checkPort(config),
    describeAccess(config),
  ]);
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, fine, detail } of findings) {
    const mark = painted(fine ? "ok" : "missing", showsColors() ? fine ? "green" : "red" : undefined);
    print(`${mark}${fine ? "     " : ""}  ${what.padEnd(width)}  ${detail}\n`);
  }
  const missing = findings.filter(({ fine }) => !fine).map(({ what }) => what);
  if (missing.length > 0) throw new AppError("failed", `Missing: ${missing.join(", ")}`);
}

async function checkHost(host: HostConfig): Promise<Finding> {
  if (host.kind === "simulated") return { what: "engine", fine: true, detail: "simulated" };
  const what = `engine of ${host.id}`;
  return await check(what, async () => {
    await using engine = openEngine(host.endpoint);
    const { product, apiVersion } = await engine.connect(AbortSignal.timeout(PATIENCE_MS));
    return `${product}, API ${apiVersion}, at ${engine.url}`;
  });
}

/** Describes how the numbers of a host are read; every way works, so nothing is missing. */
async function checkReader(host: HostConfig, { reader }: Config): Promise<Finding> {
  const detail = host.kind === "simulated"
    ? "simulated"
    : await describeReader(host.endpoint, reader, AbortSignal.timeout(PATIENCE_MS)).catch(reason);
  return { what: `reader of ${host.id}`, fine: true, detail };
}

function checkCompose(env: ChildEnvironment): Promise<Finding> {
  return check("Compose", async () => {
    const { version, argv, skipped } = await findCompose(env);
    const { user } = await composeVersions(env);
    const other = user === null || user === version ? "" : `; docker compose starts ${user}`;
    const unable = skipped.length === 0 ? "" : `; not allowed to start ${skipped.join(", ")}`;
    return `${version}, ${argv.join(" ")}${other}${unable}`;
  });
}

function checkData(folder: string): Promise<Finding> {
  return check("data folder", async () => {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: "check-" }));
    return folder;
  });
}

function checkPort({ listen: { host, port } }: Config): Promise<Finding> {
  return check("port", async () => {
    try {
      Deno.listen({ hostname: host, port }).close();
    } catch (cause) {
      if (await isTakenByDockStat(host, port, cause)) return `DockStat runs on ${host}:${port}`;
      throw new AppError("failed", await whyNotListening(host, port, cause), { cause });
    }
    return `${host}:${port} is free`;
  });
}

/** Describes who can view; a proxy cannot be detected before it forwards a request. */
function describeAccess({ access, listen: { host, basePath } }: Config): Finding {
  const shared = basePath
    ? `; under ${basePath}, every application on the same origin can act as a user who is signed in`
    : "";
  return { what: "access", fine: true, detail: accessText(access, host) + shared };
}

function accessText(access: Config["access"], host: string): string {
  if (!access.auth) return "authentication is off (--no-auth)";
  if (!isLoopback(host) || expectsProxy({ ...access, listenHost: host })) return "viewing needs the token";
  return "users of this machine can view without the token; behind a reverse proxy, set --view-token and --origin";
}

async function check(what: string, find: () => Promise<string>): Promise<Finding> {
  try {
    return { what, fine: true, detail: await find() };
  } catch (error) {
    return { what, fine: false, detail: reason(error) };
  }
}

/**
 * Returns the reader of a host's numbers and the reason for it.
 *
 * @throws {AppError} when the engine does not answer.
 */
async function describeReader(
  endpoint: Endpoint,
  setting: ReaderSetting,
  signal: AbortSignal,
): Promise<string> {
  await using engine = openEngine(endpoint);
  const found = new Map<string, Container>();
  const containers = {
    hostId: "",
    container: (id: string) => found.get(id),
    sampledIds: () => [...found.keys()],
  };
  await using host = new HostReader(containers, openKernelReader(setting, engine.url));
  host.open(await engine.connect(signal), COLLECTOR_TIMES);
  const running = (await engine.list(signal)).filter(({ state }) => state === "running");
  for (const container of running.slice(0, INSPECTED)) {
    const inspected = await engine.inspect(container, signal);
    if (inspected !== undefined) found.set(container.id, inspected);
  }
  await host.compareFirst(engine, signal, PATIENCE_MS);
  const { reader, readerReason } = host.report();
  return `${reader}: ${copyable(readerReason)}`;
}
