/** `dockstat stacks logs`: what the containers of a stack write, side by side. */
import { AppError } from "./errors.ts";
import type { HostNotice, LogMessage, OutputMessage } from "./protocol.ts";
import type { Stack, StackService } from "./protocol_stacks.ts";
import type { StackClient } from "./cli_stacks_client.ts";
import { complain, print } from "./terminal.ts";

/** So many lines of the past unless told otherwise. */
const DEFAULT_TAIL = "100";

/**
 * Prints the lines of all containers until the signal aborts.
 *
 * @throws {AppError} "failed" when there are no containers, or a connection is lost.
 */
export async function followLogs(
  client: StackClient,
  { name, hostId, services }: Stack,
  tail: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const running = services.filter(({ containerId }) => containerId !== null);
  if (running.length === 0) throw new AppError("failed", `Stack "${name}" has no containers`);
  const options = { host: hostId, tail: tail ?? DEFAULT_TAIL };
  if (signal.aborted) return;
  await Promise.all(running.map((service) => followOne(client, service, options, signal)));
}

async function followOne(
  client: StackClient,
  { name, containerId }: StackService,
  options: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const query = { ...options, container: containerId ?? "" };
  for await (
    const frame of client.frames<OutputMessage | LogMessage | HostNotice>("/logs/ws", query, signal)
  ) {
    // Not what the container writes: it has ended or runs again, or lines were lost.
    const note = "error" in frame
      ? frame.error ?? "it goes on"
      : "level" in frame
      ? frame.message
      : undefined;
    if (note !== undefined) complain(`${name} | (${note})\n`);
    else if ("stream" in frame) {
      (frame.stream === "stdout" ? print : complain)(
        `${name} | ${frame.message}\n`,
      );
    }
  }
}
