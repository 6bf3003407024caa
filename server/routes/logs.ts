/** `/logs/ws` and `GET /logs`: DockStat's own log. */
import { callSite } from "../log/call_site.ts";
import { isAtLeast, type LogLines } from "../log/recent_lines.ts";
import { jsonResponse } from "../http/problem.ts";
import { LEVEL_NAMES, type LevelName, type LogMessage } from "../protocol/log.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Client } from "../http/socket.ts";

/** Default number of lines of `GET /logs`. */
const DEFAULT_TAIL = 200;

const level: Option<LevelName> = {
  parse: (text) => LEVEL_NAMES.find((name) => name === text.toUpperCase()),
  expected: `one of ${LEVEL_NAMES.join(", ")}`,
};

/** Number of lines to start with. */
export const tail: Option<number> = {
  parse: (text) => /^\d{1,6}$/.test(text) && Number(text) <= 100_000 ? Number(text) : undefined,
  expected: "a whole number from 0 to 100000",
};

/**
 * `GET /logs`: the newest lines, oldest first.
 *
 * @throws {AppError} "malformed" for an unknown or malformed option.
 */
export function getLogs(url: URL, lines: LogLines): Response {
  const values = parseOptions(url.searchParams, { level, tail });
  return jsonResponse(lines.tail(values.tail[0] ?? DEFAULT_TAIL, values.level[0] ?? "DEBUG"));
}

/**
 * Checks the options before the upgrade; the returned function serves the socket.
 *
 * @throws {AppError} "malformed" for an unknown or malformed option.
 */
export function openLogs(url: URL, lines: LogLines): (client: Client) => Promise<void> {
  const values = parseOptions(url.searchParams, { level, tail });
  const least = values.level[0] ?? "DEBUG";
  return async (client) => {
    const coming = lines.subscribe(client.signal, droppedNotice);
    await sendLines(client, lines.tail(values.tail[0] ?? 0, least));
    for await (const batch of coming) {
      await sendLines(
        client,
        batch.filter((line) => isAtLeast(line.level, least)),
      );
    }
  };
}

async function sendLines(client: Client, lines: readonly LogMessage[]): Promise<void> {
  for (const line of lines) {
    if (!client.hasRoom()) await client.room();
    client.send(JSON.stringify(line));
  }
}

/** Creates the frame that reports to a slow reader how many lines were dropped. */
export function droppedNotice(dropped: number): LogMessage {
  const message = `${dropped} log lines were dropped for this client`;
  const { file, line } = callSite() ?? { file: "logs.ts", line: 0 };
  return { level: "WARN", timestamp: new Date().toISOString(), message, file, line };
}
