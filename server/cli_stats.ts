/** `dockstat stats`: the live table in the terminal, from the running server, or without one by its own collector. */
import { type Config, type Flags, loadConfig } from "./config.ts";
import { connect } from "./connect.ts";
import { startLog } from "./log.ts";
import type { DetailedStatsMessage, HostNotice } from "./protocol.ts";
import { serve } from "./serve.ts";
import { renderTable } from "./stats_table.ts";
import { print } from "./terminal.ts";

type Frame = readonly DetailedStatsMessage[] | HostNotice;

const HOME_AND_CLEAR = "\x1b[H\x1b[2J";

/**
 * Shows the table until the signal aborts; in a pipe it prints one table and ends.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when the server goes away.
 */
export async function runStats(flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  using _log = startLog({ ...config.log, level: flags.logLevel === undefined ? "error" : config.log.level });
  await using stack = new AsyncDisposableStack();
  const url = await runningServer(config) ?? stack.use(await serve(alone(config))).url;
  if (Deno.stdout.isTerminal()) await showLive(url, signal);
  else await printOnce(url);
}

/** Another collector would cost the engine twice, so a server that runs already is asked. */
async function runningServer({ listen: { host, port }, hosts }: Config): Promise<string | undefined> {
  if (port === 0 || hosts[0]?.kind === "simulated") return undefined;
  const url = `http://${host}:${port}`;
  try {
    const answer = await fetch(`${url}/docker/hosts`, { signal: AbortSignal.timeout(1000) });
    await answer.body?.cancel();
    return answer.ok ? url : undefined;
  } catch {
    return undefined;
  }
}

function alone(config: Config): Config {
  return { ...config, listen: { host: "127.0.0.1", port: 0 } };
}

async function printOnce(url: string): Promise<void> {
  const answer = await fetch(`${url}/docker/stats?detail=full`);
  const messages: DetailedStatsMessage[] = await answer.json();
  print(renderTable(messages, Infinity).join("\n") + "\n");
}

async function showLive(url: string, signal: AbortSignal): Promise<void> {
  const newest = new Map<string, DetailedStatsMessage>();
  const silent = new Map<string, string>();
  const options = { detail: "full", batch: "1" };
  draw("Waiting for the first numbers …\n");
  for await (const frame of connect<Frame>(url, "/docker/stats", { options, signal })) {
    take(frame, newest, silent);
    draw(screen([...newest.values()], silent));
  }
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
  const { columns, rows } = Deno.consoleSize();
  const notes = [...silent].map(([hostId, error]) => `Host ${hostId} cannot be read: ${error}`);
  const simulated = messages.some(({ hostId }) => hostId === "Simulated")
    ? ["These containers are simulated."]
    : [];
  const table = messages.length === 0 ? ["There are no containers."] : renderTable(messages, columns);
  const lines = [...notes, ...simulated, ...table];
  const room = rows - 1;
  if (lines.length <= room) return lines.join("\n");
  return [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more; a higher terminal shows them`]
    .join("\n");
}

function draw(text: string): void {
  print(HOME_AND_CLEAR + text);
}
