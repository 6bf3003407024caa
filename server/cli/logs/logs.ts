/** `dockstat logs`: the log of a running DockStat, or what one of its containers writes. */
import type { LogRequest } from "./flags.ts";
import { openServerClient } from "../server_client.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import type { LogFormat } from "../../log/log.ts";
import { colorsOnly, prettyLine } from "../../log/format.ts";
import type { LogMessage } from "../../protocol/log.ts";
import type { OutputMessage, OutputNotice } from "../../protocol/output.ts";
import { print, printError } from "../terminal.ts";

type Frame = LogMessage | OutputMessage | OutputNotice;

/** How frames are shown. */
export interface LogStyle {
  /** `undefined` for what a container writes, as it writes it. */
  readonly format: LogFormat | undefined;
  readonly terminal: boolean;
  readonly colors: boolean;
}

/** A text, and whether it goes to standard error. */
export interface RenderedFrame {
  readonly text: string;
  readonly aside: boolean;
}

/**
 * Prints lines until the signal aborts, or until nobody reads them any more.
 *
 * @throws {AppError} "usage" for a wrong configuration, "unavailable" when no server answers, "failed" when it refuses
 * or goes away.
 */
export async function runLogs(request: LogRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  const client = await openServerClient(config, "container" in request ? "change" : "view");
  // A socket that cannot be opened says nothing of how to start what should answer there.
  await client.ask("/healthz");
  if (signal.aborted) return;
  const terminal = Deno.stdout.isTerminal();
  const usual = "container" in request ? undefined : terminal ? "pretty" : "json";
  const look = {
    format: flags.logFormat === undefined ? usual : config.log.format,
    terminal,
    colors: terminal && !Deno.noColor,
  };
  for await (const frame of client.frames<Frame>("/logs/ws", { ...request }, signal)) {
    const { text, aside } = renderFrame(frame, look);
    if (!(aside ? printError : print)(text)) return;
  }
}

/** A frame as it is printed. */
export function renderFrame(frame: Frame, { format, terminal, colors }: LogStyle): RenderedFrame {
  if (format === "json") return { text: `${JSON.stringify(frame)}\n`, aside: false };
  if ("stream" in frame) {
    // As with "docker logs"; but on a terminal nothing of it may do more than color.
    const text = terminal ? colorsOnly(frame.message) : frame.message;
    return { text: `${text}\n`, aside: frame.stream === "stderr" };
  }
  // Not what the container writes: it has ended or runs again.
  if ("error" in frame) return { text: `(${colorsOnly(frame.error ?? "it goes on")})\n`, aside: true };
  // Beside a container's output, lines of the log say what was lost of it.
  if (format === undefined) return { text: `(${frame.message})\n`, aside: true };
  return { text: `${prettyLine(frame, colors)}\n`, aside: false };
}
