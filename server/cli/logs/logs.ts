/** `dockstat logs`: prints the log of a running DockStat, or the output of a container. */
import type { LogRequest } from "./flags.ts";
import { openServerClient } from "../server_client.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import type { LogFormat } from "../../log/log.ts";
import { AppError } from "../../errors.ts";
import { colorsOnly, prettyLine } from "../../log/format.ts";
import { terminalLine } from "../../log/terminal_line.ts";
import type { LogMessage } from "../../protocol/log.ts";
import type { OutputMessage, OutputNotice } from "../../protocol/output.ts";
import { print, printError } from "../terminal.ts";

type Frame = LogMessage | OutputMessage | OutputNotice;

/** Format of printed frames. */
export interface LogStyle {
  /** `undefined` to print container output unchanged. */
  readonly format: LogFormat | undefined;
  readonly terminal: boolean;
  readonly colors: boolean;
}

/** Text of a frame, with `aside` for standard error. */
export interface RenderedFrame {
  readonly text: string;
  readonly aside: boolean;
}

/**
 * Prints lines until the signal aborts or the reader of the output has gone.
 *
 * @throws {AppError} "usage" for a wrong configuration, "unavailable" when no server answers, "failed" when it refuses
 * or goes away, or when the output of the container cannot continue.
 */
export async function runLogs(request: LogRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  const client = await openServerClient(config, "container" in request ? "change" : "view");
  // Fails with a helpful message when no server runs; a failed WebSocket has none.
  await client.ask("/healthz");
  if (signal.aborted) return;
  const terminal = Deno.stdout.isTerminal();
  const usual = "container" in request ? undefined : terminal ? "pretty" : "json";
  const style = {
    format: flags.logFormat === undefined ? usual : config.log.format,
    terminal,
    colors: terminal && !Deno.noColor,
  };
  for await (const frame of client.frames<Frame>("/logs/ws", { ...request }, signal)) {
    const { text, aside } = renderFrame(frame, style);
    if (!(aside ? printError : print)(text)) return;
    if ("error" in frame && frame.final) {
      throw new AppError("failed", `Cannot read any more output: ${frame.error}`);
    }
  }
}

/** Renders a frame for printing. */
export function renderFrame(frame: Frame, { format, terminal, colors }: LogStyle): RenderedFrame {
  if (format === "json") return { text: `${JSON.stringify(frame)}\n`, aside: false };
  if ("stream" in frame) {
    // Unchanged as with "docker logs", except that a terminal receives the last state of the line and its colors.
    const text = terminal ? terminalLine(frame.message) : frame.message;
    return { text: `${text}\n`, aside: frame.stream === "stderr" };
  }
  // A notice that the output has ended or continues.
  if ("error" in frame) {
    return {
      text: `(${colorsOnly(frame.error ?? "output continues")})\n`,
      aside: true,
    };
  }
  // Among container output, a log line reports dropped lines.
  if (format === undefined) return { text: `(${frame.message})\n`, aside: true };
  return { text: `${prettyLine(frame, colors)}\n`, aside: false };
}
