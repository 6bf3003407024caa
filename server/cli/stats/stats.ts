/** `dockstat stats`: a live table from the running server, or from its own collector if none runs. */
import { type Config, type Flags, loadConfig } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { startLog } from "../../log/log.ts";
import { printable } from "../../log/format.ts";
import type { DetailedStatsMessage, HostNotice } from "../../protocol/stats.ts";
import type { HostReport, HostStatsMessage } from "../../protocol/hosts.ts";
import { serve } from "../../serve.ts";
import { showsColors } from "../color.ts";
import { hostLine } from "../hosts/host_line.ts";
import { openServerClient, ServerClient } from "../server_client.ts";
import { suggest } from "../suggest.ts";
import { print, printError, terminalSize } from "../terminal.ts";
import type { StatsRequest } from "./flags.ts";
import { type Keys, openKeys } from "./keys.ts";
import { screenLines } from "./screen.ts";
import { renderTable } from "./table.ts";
import { afterKeys, missingNames, selected, sorted, type View } from "./view.ts";

type Frame = readonly DetailedStatsMessage[] | HostStatsMessage | HostNotice;

const LIVE_OPTIONS = { detail: "full", batch: "1", hosts: "1" } as const;

const HOME_AND_CLEAR = "\x1b[H\x1b[2J";
/** Timeout of the question whether a server runs, ms. */
const PROBE_MS = 3000;

/**
 * Shows the table until the signal aborts; in a pipe or with `--no-stream` it prints the table once.
 *
 * @throws {AppError} "usage" for a wrong configuration or host, "not-found" for a container that does not exist,
 * "failed" when the server goes away.
 */
export async function runStats(request: StatsRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  using _log = startLog({ ...config.log, level: flags.logLevel === undefined ? "error" : config.log.level });
  await using stack = new AsyncDisposableStack();
  const client = await runningServer(config) ??
    new ServerClient(stack.use(await serve(alone(config))).url, undefined);
  const known = await withHosts(client, request, signal);
  if (known.once || !Deno.stdout.isTerminal()) return await printOnce(client, known, signal);
  await showLive(client, known, signal);
}

/** Uses a running server, because a second collector would double the engine's load. */
async function runningServer(config: Config): Promise<ServerClient | undefined> {
  if (config.listen.port === 0 || config.hosts[0]?.kind === "simulated") return undefined;
  const client = await openServerClient(config, "view");
  try {
    await client.ask("/docker/hosts", { signal: AbortSignal.timeout(PROBE_MS) });
    return client;
  } catch {
    return undefined;
  }
}

function alone(config: Config): Config {
  // Its own collector needs no token and stores none.
  return {
    ...config,
    listen: { host: "127.0.0.1", port: 0, socket: undefined },
    access: { ...config.access, auth: false },
    tls: undefined,
  };
}

/** Returns the request with the hosts that it selects. */
async function withHosts(
  client: ServerClient,
  request: StatsRequest,
  signal: AbortSignal,
): Promise<StatsRequest> {
  const { hostId, withLabel = (hosts) => hosts } = request;
  if (hostId === undefined && request.withLabel === undefined) return request;
  const reports = await client.ask<HostReport[]>("/docker/hosts", { signal });
  const ids = reports.map((report) => report.hostId);
  const wanted = withLabel(reports).map((report) => report.hostId);
  if (hostId === undefined || ids.includes(hostId)) return { ...request, hostIds: new Set(wanted) };
  throw new AppError(
    "usage",
    `There is no host "${hostId}": ${suggest(hostId, ids)}hosts are ${ids.join(", ")}. ` +
      "DOCKSTAT_HOST sets the address of the server",
  );
}

/** Prints the table once; hosts that cannot be read are named on standard error. */
async function printOnce(client: ServerClient, request: StatsRequest, signal: AbortSignal): Promise<void> {
  const messages = await client.ask<DetailedStatsMessage[]>("/docker/stats?detail=full", { signal });
  const reports = await client.ask<HostReport[]>("/docker/hosts", { signal });
  const wanted = reports.filter(({ hostId }) =>
    (request.hostId ?? hostId) === hostId && (request.hostIds?.has(hostId) ?? true)
  );
  const silent = wanted.filter(({ error }) => error !== null);
  const notes = silent.map(({ hostId, error }) => `Host ${hostId} cannot be read: ${error}`);
  if (silent.length === wanted.length) throw new AppError("failed", notes.join("\n"));
  for (const note of notes) printError(`${note}\n`);
  refuseMissing(messages, request);
  const described = request.names.length === 0 ? wanted : [];
  const hosts = described.flatMap(({ hostId, usage }) =>
    usage === null ? [] : `${hostLine(hostId, usage)}\n`
  );
  const shown = sorted(selected(messages, request), request.sort);
  print(hosts.join("") + renderTable(shown, Infinity, { colors: showsColors() }).join("\n") + "\n");
}

function refuseMissing(messages: readonly DetailedStatsMessage[], request: StatsRequest): void {
  const [missing] = missingNames(messages, request);
  if (missing === undefined) return;
  const hint = suggest(missing, messages.map(({ name }) => printable(name)));
  throw new AppError(
    "not-found",
    `There is no container "${missing}": ${hint}"dockstat containers ls" lists them`,
  );
}

async function showLive(client: ServerClient, request: StatsRequest, signal: AbortSignal): Promise<void> {
  const quit = new AbortController();
  using keys = openKeys();
  const table = new LiveTable(request, keys);
  keys?.read((typed) => {
    if (!table.type(typed)) quit.abort();
  });
  draw("Waiting for the first sample …\n");
  const over = AbortSignal.any([signal, quit.signal]);
  for await (const frame of client.frames<Frame>("/docker/stats", LIVE_OPTIONS, over)) {
    table.take(frame);
  }
  print("\n");
}

/** The state of the table on the terminal. */
class LiveTable {
  readonly #newest = new Map<string, DetailedStatsMessage>();
  readonly #usages = new Map<string, HostStatsMessage>();
  readonly #silent = new Map<string, string>();
  #view: View;

  constructor(readonly request: StatsRequest, readonly keys: Keys | undefined) {
    this.#view = { sort: request.sort, filter: "", typing: false };
  }

  /** Applies typed keys; returns false to quit. */
  type(typed: string): boolean {
    const view = afterKeys(this.#view, typed);
    if (view === undefined) return false;
    this.#view = view;
    this.#draw();
    return true;
  }

  take(frame: Frame): void {
    if ("error" in frame) {
      // The server's configuration is reported by its log and in the page.
      if (frame.hostId === null) return;
      if (frame.error === null) this.#silent.delete(frame.hostId);
      else this.#silent.set(frame.hostId, frame.error);
    } else if ("hostId" in frame) {
      this.#usages.set(frame.hostId, frame);
    } else {
      for (const message of frame) {
        const key = `${message.hostId}/${message.id}`;
        if (message.state === "removed") this.#newest.delete(key);
        else this.#newest.set(key, message);
      }
    }
    this.#draw();
  }

  #draw(): void {
    const lines = screenLines({
      messages: [...this.#newest.values()],
      usages: this.#usages,
      silent: this.#silent,
      request: this.request,
      view: this.#view,
      ...terminalSize(),
      colors: showsColors(),
      keys: this.keys !== undefined,
    });
    draw(lines.join("\n"));
  }
}

function draw(text: string): void {
  print(HOME_AND_CLEAR + text);
}
