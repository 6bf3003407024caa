/** `dockstat logs`: prints the log of a running DockStat, or the output of a container. */
import type { LogRequest } from "./flags.ts";
import { openServerClient, type ServerClient } from "../server_client.ts";
import { suggest } from "../suggest.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import type { LogFormat } from "../../log/log.ts";
import { AppError } from "../../errors.ts";
import { colorsOnly, prettyLine, printable } from "../../log/format.ts";
import { terminalLine } from "../../log/terminal_line.ts";
import type { LogMessage } from "../../protocol/log.ts";
import type { StatsMessage } from "../../protocol/stats.ts";
import type { OutputDropped, OutputMessage, OutputNotice } from "../../protocol/output.ts";
import { print, printError } from "../terminal.ts";

type Frame = LogMessage | OutputMessage | OutputNotice | OutputDropped;

/** Format of printed frames. */
export interface LogStyle {
  /** `undefined` to print container output unchanged. */
  readonly format: LogFormat | undefined;
  readonly terminal: boolean;
  readonly colors: boolean;
  /** Names by container id, which begin the lines of several containers. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

/** Text of a frame, with `aside` for standard error. */
export interface RenderedFrame {
  readonly text: string;
  readonly aside: boolean;
}

/**
 * Prints lines until the last one, with `--follow` until the signal aborts or the reader of the output has gone.
 *
 * @throws {AppError} "usage" for a wrong configuration, "unavailable" when no server answers, "failed" when it refuses
 * or goes away, or when the output of the container cannot continue.
 */
export async function runLogs(request: LogRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  const client = await openServerClient(config, request.output ? "change" : "view");
  // Fails with a helpful message when no server runs; a failed WebSocket has none.
  await client.ask("/healthz");
  if (signal.aborted) return;
  const terminal = Deno.stdout.isTerminal();
  const usual = request.output ? undefined : terminal ? "pretty" : "json";
  const style = {
    format: flags.logFormat === undefined ? usual : config.log.format,
    terminal,
    colors: terminal && !Deno.noColor,
    names: request.named ? await namesOf(client, signal) : undefined,
  };
  for await (const frame of framesOf(client, request, signal)) {
    if (isEnd(frame) && !request.follow && !frame.final) continue;
    const { text, aside } = renderFrame(frame, style);
    if (!(aside ? printError : print)(text)) return;
    if (isEnd(frame) && frame.final) {
      throw new AppError("failed", `Cannot read any more output: ${frame.error}`);
    }
  }
}

function isEnd(frame: Frame): frame is OutputNotice {
  return "error" in frame;
}

async function* framesOf(
  client: ServerClient,
  { follow, output, options }: LogRequest,
  signal: AbortSignal,
): AsyncGenerator<Frame> {
  const query = new URLSearchParams(options.map(([name, value]) => [name, value]));
  if (!follow && !output) return yield* await client.ask<LogMessage[]>(`/logs?${query}`, { signal });
  try {
    yield* client.frames<Frame>(`/logs/ws?${query}`, {}, signal);
  } catch (error) {
    throw await withSuggestion(error, client, signal);
  }
}

/** Adds the name of a container that is close to one that does not exist. */
async function withSuggestion(error: unknown, client: ServerClient, signal: AbortSignal): Promise<unknown> {
  const missing = error instanceof AppError
    ? /^There is no container "(.*?)"/.exec(error.message)?.[1]
    : undefined;
  if (!(error instanceof AppError) || missing === undefined) return error;
  const names = [...(await namesOf(client, signal)).values()];
  const hint = suggest(missing, names.map(printable));
  return new AppError(error.code, `${error.message}: ${hint}"dockstat containers ls" lists them`, {
    cause: error,
  });
}

/** Returns the names of containers by their ids. */
async function namesOf(client: ServerClient, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const containers = await client.ask<StatsMessage[]>("/docker/stats", { signal });
  return new Map(containers.map(({ id, name }) => [id, name]));
}

/** Renders a frame for printing. */
export function renderFrame(frame: Frame, { format, terminal, colors, names }: LogStyle): RenderedFrame {
  if (format === "json") return { text: `${JSON.stringify(frame)}\n`, aside: false };
  if ("stream" in frame) {
    // Unchanged as with "docker logs", except that a terminal receives the last state of the line and its colors.
    const text = terminal ? terminalLine(frame.message) : frame.message;
    const name = names && `${printable(names.get(frame.containerId) ?? frame.containerId.slice(0, 12))} | `;
    return { text: `${name ?? ""}${text}\n`, aside: frame.stream === "stderr" };
  }
  // A notice that the output has ended or continues.
  if ("error" in frame) {
    return {
      text: `(${colorsOnly(frame.error ?? "output continues")})\n`,
      aside: true,
    };
  }
  if ("dropped" in frame) {
    return {
      text: `(${frame.dropped} lines were dropped, because they were not read in time)\n`,
      aside: true,
    };
  }
  return { text: `${prettyLine(frame, colors)}\n`, aside: false };
}
