/** `/logs/ws?container=…`: container output, live or once. */
import { parseDuration } from "../duration.ts";
import { AppError } from "../errors.ts";
import { type OutputSource, toFrame } from "../output/frame.ts";
import type { Outputs, ReplayRequest } from "../output/outputs.ts";
import { jsonText } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { RoutedRequest } from "../http/router.ts";
import type { Client } from "../http/socket.ts";
import type { Feed } from "../stats/feed.ts";
import { container, hostOption } from "./filters.ts";
import { droppedNotice, tail } from "./logs.ts";

/** A moment: a time, or a duration before now. */
const since: Option<number> = {
  parse: (text) => {
    const ago = parseDuration(text);
    if (ago !== undefined) return Date.now() - ago;
    return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) || undefined : undefined;
  },
  expected: 'a time such as "2026-08-01T12:00:00Z", or how long ago, such as "10m"',
};

/** Default and maximum number of lines of `GET`. */
const DEFAULT_TAIL = 200;
const MAX_LINES = 10_000;
/** Timeout of the engine, ms. */
const READING_MS = 30_000;

interface OutputWish {
  readonly source: OutputSource;
  readonly past: ReplayRequest;
}

function parseWish(url: URL, feed: Feed): OutputWish {
  const host = { ...hostOption(feed.hostIds), repeatable: false };
  const values = parseOptions(url.searchParams, {
    container: { ...container, repeatable: false },
    host,
    tail,
    since,
  });
  const source = findSource(feed, values.container[0] ?? "", values.host[0]);
  return { source, past: { tail: values.tail[0], sinceMs: values.since[0] } };
}

/**
 * `GET /logs/ws?container=…`: the newest lines of container output, oldest first.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found", or the engine's refusal with its message.
 */
export async function getOutput({ url }: RoutedRequest, feed: Feed): Promise<Response> {
  const { source, past: { tail, sinceMs } } = parseWish(url, feed);
  const limit = Math.min(tail ?? (sinceMs === undefined ? DEFAULT_TAIL : MAX_LINES), MAX_LINES);
  const request = { follow: false, tail: limit, sinceMs };
  const frames: string[] = [];
  if (limit > 0) {
    for await (
      const lines of source.engine.output(source.containerId, request, AbortSignal.timeout(READING_MS))
    ) {
      for (const line of lines) frames.push(toFrame(source, line).json);
    }
  }
  return jsonText(`[${frames.join(",")}]`);
}

/**
 * Finds the container before the upgrade; the returned function serves the socket.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found" when no container matches.
 */
export function openOutput(url: URL, feed: Feed, outputs: Outputs): (client: Client) => Promise<void> {
  const { source, past } = parseWish(url, feed);
  const wantsPast = past.tail !== undefined && past.tail !== 0 || past.sinceMs !== undefined;
  return (client) => sendOutput(client, source, wantsPast ? past : undefined, outputs);
}

/** Names hosts that cannot be read, since one of them may have the container. */
function missing(text: string, hostId: string | undefined, feed: Feed): AppError {
  const asked = feed.reports().filter((host) => hostId === undefined || host.hostId === hostId);
  const unread = asked.filter((host) => feed.containers(host.hostId) === undefined)
    .map(({ hostId, error }) => `host "${hostId}" cannot be read now${error === null ? "" : ` (${error})`}`);
  const sentence = `There is no container "${text}"${hostId === undefined ? "" : ` on host "${hostId}"`}`;
  if (unread.length === 0) return new AppError("not-found", sentence);
  if (unread.length < asked.length) return new AppError("not-found", `${sentence}; but ${unread.join(", ")}`);
  return new AppError("engine-unreachable", `Cannot find container "${text}": ${unread.join(", ")}`);
}

function findSource(feed: Feed, text: string, hostId: string | undefined): OutputSource {
  const found = feed.find(text, hostId);
  const [one, ...others] = found;
  if (one === undefined) {
    throw missing(text, hostId, feed);
  }
  if (others.length > 0) {
    const names = found.map(({ hostId, name }) => `"${name}" on "${hostId}"`).join(", ");
    const message = `found "${text}", which is ${names}: expected one, by its full id and host`;
    throw new AppError("malformed", `Cannot choose a container: ${message}`, {
      issues: [{ path: "container", message }],
    });
  }
  return one;
}

async function sendOutput(
  client: Client,
  source: OutputSource,
  past: ReplayRequest | undefined,
  outputs: Outputs,
): Promise<void> {
  const notice = (dropped: number) => ({ timestamp: "", json: JSON.stringify(droppedNotice(dropped)) });
  for await (const frames of outputs.follow(source, past, notice, client.signal)) {
    for (const [index, { json }] of frames.entries()) {
      // Asking the runtime costs as much as sending; ask before each long line only.
      if ((index % 32 === 31 || json.length > 16_384) && !client.hasRoom()) await client.room();
      client.send(json);
    }
    if (!client.hasRoom()) await client.room();
  }
}
