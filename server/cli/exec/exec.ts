/** `dockstat exec`: a command in a container, in this terminal or between pipes. */
import { aborted } from "../../duration.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { MOST_CELLS, type TerminalFacts } from "../../protocol/terminal/frames.ts";
import { findListed } from "../containers/containers.ts";
import type { ListedContainer } from "../containers/table.ts";
import { openServerClient } from "../server_client.ts";
import { printError, terminalSize } from "../terminal.ts";
import { type CommandEnd, ExecSocket } from "./exec_socket.ts";
import type { ExecRequest } from "./flags.ts";
import { RawTerminal } from "./raw_terminal.ts";

/** Exit code of a command that the user has interrupted. */
const INTERRUPTED = 130;

/**
 * Runs a command until it ends or the signal aborts.
 *
 * @returns the exit code of the command.
 * @throws {AppError} when the command cannot be started, or the connection is lost.
 */
export async function runExec(
  { name, cmd, user, hostId }: ExecRequest,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  const client = await openServerClient(await loadConfig(flags));
  const all = await client.ask<ListedContainer[]>("/docker/stats?detail=full", { signal });
  const found = findListed(all, name, hostId);
  const path = `/containers/${encodeURIComponent(found.hostId)}/${found.id}/terminal`;
  // A socket does not expose the reason of a refusal.
  await client.ask<TerminalFacts>(path, { signal });
  const tty = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  const url = new URL(`${client.base}${path}${tty ? sizeQuery() : ""}`.replace(/^http/, "ws"));
  using socket = new ExecSocket(url, client.token, { cmd: [...cmd], user, tty }, (bytes) => show(bytes, tty));
  using _raw = tty
    ? new RawTerminal((columns, rows) => socket.control({ resize: [bounded(columns), bounded(rows)] }))
    : undefined;
  sendInput(socket, tty).catch(() => {});
  const end = await Promise.race([socket.ended, aborted(signal)]);
  if (signal.aborted) return INTERRUPTED;
  return exitCode(end ?? undefined, client.url);
}

function exitCode(end: CommandEnd | undefined, url: string): number {
  if (end === undefined) throw new AppError("failed", `The connection to ${url} was lost`);
  if (end.error !== undefined && end.exit === null) throw new AppError("failed", end.error);
  if (end.error !== undefined) printError(`dockstat: ${end.error}\n`);
  return end.exit ?? 1;
}

function sizeQuery(): string {
  const { columns, rows } = terminalSize();
  return `?cols=${bounded(columns)}&rows=${bounded(rows)}`;
}

function bounded(cells: number): number {
  return Math.min(Math.max(cells, 1), MOST_CELLS);
}

async function sendInput(socket: ExecSocket, tty: boolean): Promise<void> {
  for await (const bytes of Deno.stdin.readable) await socket.send(bytes);
  if (!tty) await socket.control({ eof: true });
}

/** Writes output; without a terminal the first byte of a frame names its stream. */
async function show(bytes: Uint8Array, tty: boolean): Promise<void> {
  const stream = tty || bytes[0] !== 2 ? Deno.stdout : Deno.stderr;
  const text = tty ? bytes : bytes.subarray(1);
  for (let at = 0; at < text.length;) at += await stream.write(text.subarray(at));
}
