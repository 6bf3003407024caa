/** `dockstat stacks logs`: prints the output of a stack's containers. */
import { AppError } from "../../errors.ts";
import type { LogMessage } from "../../protocol/log.ts";
import type { OutputMessage, OutputNotice } from "../../protocol/output.ts";
import type { Stack, StackService } from "../../protocol/stacks.ts";
import type { ServerClient } from "../server_client.ts";
import { printable } from "../../log/format.ts";
import { terminalLine } from "../../log/terminal_line.ts";
import { print, printError } from "../terminal.ts";

/** Default number of lines to start with. */
const DEFAULT_TAIL = "100";

/**
 * Prints the lines of all containers until the signal aborts or the reader of the output has gone.
 *
 * @throws {AppError} "failed" when there are no containers, or a connection is lost.
 */
export async function followLogs(
  client: ServerClient,
  { name, hostId, services }: Stack,
  tail: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const running = services.filter(({ containerId }) => containerId !== null);
  if (running.length === 0) throw new AppError("failed", `Stack "${name}" has no containers`);
  const options = { host: hostId, tail: tail ?? DEFAULT_TAIL };
  const unread = new AbortController();
  const either = AbortSignal.any([signal, unread.signal]);
  await Promise.all(running.map(async (service) => {
    if (await followOne(client, service, options, either)) return;
    unread.abort();
  }));
  if (!either.aborted) throw new AppError("failed", `Cannot read any more output of stack "${name}"`);
}

/** Prints the output of one container; returns true when it cannot continue. */
async function followOne(
  client: ServerClient,
  { name, containerId }: StackService,
  options: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<boolean> {
  const query = { ...options, container: containerId ?? "" };
  const terminal = Deno.stdout.isTerminal() || Deno.stderr.isTerminal();
  for await (
    const frame of client.frames<OutputMessage | LogMessage | OutputNotice>("/logs/ws", query, signal)
  ) {
    // Notices: the output has ended or continues, or lines were dropped.
    const note = "error" in frame
      ? frame.error ?? "output continues"
      : "level" in frame
      ? frame.message
      : undefined;
    const write = "stream" in frame && frame.stream === "stdout" ? print : printError;
    const text = note === undefined && "message" in frame ? frame.message : `(${note})`;
    // A terminal receives colors only.
    if (!write(`${printable(name)} | ${terminal ? terminalLine(text) : text}\n`)) return false;
    if ("error" in frame && frame.final) return true;
  }
  return false;
}
