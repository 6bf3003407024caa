/** `dockstat stats`: a live table from the running server, or from its own collector if none runs. */
import { type Config, type Flags, loadConfig } from "../../config/config.ts";
import { serverUrl } from "../../address.ts";
import { connect } from "../../connect.ts";
import { AppError } from "../../errors.ts";
import { startLog } from "../../log/log.ts";
import type { DetailedStatsMessage, HostNotice } from "../../protocol/stats.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import { serve } from "../../serve.ts";
import { openServerClient } from "../server_client.ts";
import { renderTable } from "./table.ts";
import { print, printError, terminalSize } from "../terminal.ts";

type Frame = readonly DetailedStatsMessage[] | HostNotice;

const HOME_AND_CLEAR = "\x1b[H\x1b[2J";

/**
 * Shows the table until the signal aborts; in a pipe it prints the table once.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when the server goes away.
 */
export async function runStats(flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  using _log = startLog({ ...config.log, level: flags.logLevel === undefined ? "error" : config.log.level });
  await using stack = new AsyncDisposableStack();
  const { token } = await openServerClient(config, "view");
  const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const running = await runningServer(config, headers);
  if (running !== undefined) return await show(running, headers, token, signal);
  await show(stack.use(await serve(alone(config))).url, {}, undefined, signal);
}

async function show(
  url: string,
  headers: HeadersInit,
  token: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (Deno.stdout.isTerminal()) await showLive(url, token, signal);
  else await printOnce(url, headers);
}

/** Uses a running server, because a second collector would double the engine's load. */
async function runningServer(config: Config, headers: HeadersInit): Promise<string | undefined> {
  const { listen: { host, port, basePath }, hosts, tls } = config;
  if (port === 0 || hosts[0]?.kind === "simulated") return undefined;
  const url = serverUrl(tls === undefined ? "http" : "https", host, port, basePath);
  try {
    const answer = await fetch(`${url}/docker/hosts`, { headers, signal: AbortSignal.timeout(1000) });
    await answer.body?.cancel();
    return answer.ok ? url : undefined;
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

/** Prints the table once; hosts that cannot be read are named on standard error. */
async function printOnce(url: string, headers: HeadersInit): Promise<void> {
  const answer = await fetch(`${url}/docker/stats?detail=full`, { headers });
  const messages: DetailedStatsMessage[] = await answer.json();
  const reports: HostReport[] = await (await fetch(`${url}/docker/hosts`, { headers })).json();
  const silent = reports.filter(({ error }) => error !== null);
  const notes = silent.map(({ hostId, error }) => `Host ${hostId} cannot be read: ${error}`);
  if (silent.length === reports.length) throw new AppError("failed", notes.join("\n"));
  for (const note of notes) printError(`${note}\n`);
  print(renderTable(messages, Infinity).join("\n") + "\n");
}

async function showLive(url: string, token: string | undefined, signal: AbortSignal): Promise<void> {
  const newest = new Map<string, DetailedStatsMessage>();
  const silent = new Map<string, string>();
  const options = { detail: "full", batch: "1" };
  draw("Waiting for the first sample …\n");
  for await (
    const frame of connect<Frame>(url, "/docker/stats", {
      options,
      signal,
      ...(token === undefined ? {} : { token }),
    })
  ) {
    take(frame, newest, silent);
    draw(screen([...newest.values()], silent));
  }
  print("\n");
}

function take(frame: Frame, newest: Map<string, DetailedStatsMessage>, silent: Map<string, string>): void {
  if ("error" in frame) {
    if (frame.error === null) silent.delete(frame.hostId);
    else silent.set(frame.hostId, frame.error);
    return;
  }
  for (const message of frame as readonly DetailedStatsMessage[]) {
    const key = `${message.hostId}/${message.id}`;
    if (message.state === "removed") newest.delete(key);
    else newest.set(key, message);
  }
}

function screen(messages: readonly DetailedStatsMessage[], silent: ReadonlyMap<string, string>): string {
  const { columns, rows } = terminalSize();
  const notes = [...silent].map(([hostId, error]) => `Host ${hostId} cannot be read: ${error}`);
  const simulated = messages.some(({ hostId }) => hostId === "Simulated")
    ? ["These containers are simulated."]
    : [];
  const none = silent.size === 0 ? ["No containers."] : [];
  const table = messages.length === 0 ? none : renderTable(messages, columns);
  const lines = [...notes, ...simulated, ...table];
  const room = rows - 1;
  if (lines.length <= room) return lines.join("\n");
  return [
    ...lines.slice(0, room - 1),
    `… and ${lines.length - room + 1} more; enlarge the terminal to see them`,
  ]
    .join("\n");
}

function draw(text: string): void {
  print(HOME_AND_CLEAR + text);
}
