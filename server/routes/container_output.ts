/** `/logs/ws?container=…`: container output, live. */
import { momentOf } from "../moment.ts";
import { Histogram } from "../output/filter/histogram.ts";
import { lineOf, type OutputFrame, type OutputSource } from "../output/frame.ts";
import { MergedOutput, type MergeTimes } from "../output/merged_output.ts";
import type { Outputs } from "../output/outputs.ts";
import type { ReplayRequest } from "../output/replay.ts";
import type { ScanLimits } from "../output/search/scan_limits.ts";
import { AppError } from "../errors.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import type { Feed } from "../stats/feed.ts";
import { sendFrames } from "./output_frames.ts";
import {
  checkFound,
  keyOf,
  type Moment,
  nsOf,
  type ParsedOutput,
  parseOutput,
  pastOf,
  SOCKET_OPTIONS,
} from "./output_options.ts";
import { serveScan } from "./output_scan.ts";

/** Times of one container with `batch`, and of several containers. */
const BATCHED: MergeTimes = { holdMs: 0, tickMs: 100 };
const MERGED: MergeTimes = { holdMs: 400, tickMs: 100 };
/** Interval of the frames of a histogram, ms. */
const HISTOGRAM_MS = 1000;
/** Time that a histogram without `since` begins with, s. */
const HISTOGRAM_SECONDS = 3600;

/** Sources of the socket. */
export interface OutputParts {
  readonly feed: Feed;
  readonly outputs: Outputs;
  readonly scans: ScanLimits;
}

/**
 * Finds the containers before the upgrade; the returned function serves the socket.
 *
 * @param session Identity of the client's session, whose searches are bounded.
 * @throws {AppError} "malformed" for an invalid option, "not-found" when no container matches, "too-many" for a search.
 */
export async function openOutput(
  url: URL,
  { feed, outputs, scans }: OutputParts,
  session: object | undefined,
): Promise<(client: Client) => Promise<void>> {
  const parsed = await parseOutput(url, feed, SOCKET_OPTIONS);
  if (parsed.isScan) {
    checkFound(parsed);
    scans.check(session);
    return (client) => serveScan(client, parsed, scans, session);
  }
  if (parsed.after !== undefined) throw onlyScan();
  // Without an end, the project may get containers later.
  if (parsed.until !== undefined) checkFound(parsed);
  return async (client) => {
    const frames = framesOf(parsed, feed, outputs, client.signal);
    if (parsed.histogram === undefined) {
      for await (const some of frames) await sendFrames(client, some, parsed.batch);
    } else await sendWithHistogram(client, parsed, frames, histogramOf(parsed, parsed.histogram));
    if (parsed.until !== undefined && !client.signal.aborted) client.close(CLOSE.done, "the end was reached");
  };
}

function onlyScan(): AppError {
  const message = "a socket continues after a cursor only with scan=1";
  return new AppError("malformed", `Cannot read the query: option "after": ${message}`, {
    issues: [{ path: "after", message }],
  });
}

function framesOf(
  parsed: ParsedOutput,
  feed: Feed,
  outputs: Outputs,
  signal: AbortSignal,
): AsyncIterable<readonly OutputFrame[]> {
  const { sources: [one], isList, batch } = parsed;
  if (one !== undefined && !isList && !batch) {
    return outputs.follow(one, replayOf(pastOf(parsed, one)), lostLines(one), signal);
  }
  return mergedFrames(parsed, feed, outputs, isList ? MERGED : BATCHED, signal);
}

/** Sends frames, and the bars of the histogram that have changed, once per second and at the end. */
async function sendWithHistogram(
  client: Client,
  { batch }: ParsedOutput,
  batches: AsyncIterable<readonly OutputFrame[]>,
  histogram: Histogram,
): Promise<void> {
  const send = () => {
    for (const bar of histogram.take()) client.send(JSON.stringify(bar));
  };
  const timer = setInterval(() => client.hasRoom() && send(), HISTOGRAM_MS);
  try {
    for await (const frames of batches) {
      for (const frame of frames) {
        const line = lineOf(frame);
        if (line !== undefined) histogram.add(frame.timestamp, line.message);
      }
      await sendFrames(client, frames, batch);
    }
    if (!client.signal.aborted) send();
  } finally {
    clearInterval(timer);
  }
}

/** Creates the histogram of the requested time; the clock of the first container decides. */
function histogramOf({ sources: [one], since, until }: ParsedOutput, bars: number): Histogram {
  const now = { clockOffsetMs: one?.clockOffsetMs ?? 0 };
  const seconds = (moment: Moment) => Math.floor(Number(nsOf(moment, now) / 1_000_000_000n));
  const to = seconds(until ?? { agoMs: 0 });
  const from = since === undefined ? to - HISTOGRAM_SECONDS : seconds(since);
  return new Histogram({ from: Math.min(from, to), to }, bars);
}

/** Zero lines request no replay, but a start does. */
function replayOf({ tail, sinceNs, untilNs, filter }: ReplayRequest): ReplayRequest | undefined {
  const past = { tail: tail === 0 && sinceNs === undefined ? undefined : tail, sinceNs, untilNs, filter };
  return Object.values(past).every((value) => value === undefined) ? undefined : past;
}

/** Returns the function that creates the notice of lines that a slow client has lost. */
function lostLines({ hostId, containerId }: OutputSource): (dropped: number) => OutputFrame {
  return (dropped) => ({ timestamp: "", json: JSON.stringify({ hostId, containerId, dropped }) });
}

/** Yields the frames of several containers as one list; containers that join the project later are added. */
async function* mergedFrames(
  parsed: ParsedOutput,
  feed: Feed,
  outputs: Outputs,
  times: MergeTimes,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[]> {
  const { sources, project, hostId, until, filter } = parsed;
  const merged = new MergedOutput(times, signal);
  const began = Date.now();
  const known = new Set(sources.map(keyOf));
  const changes = feed.changes(signal);
  const add = (source: OutputSource, past: ReplayRequest | undefined) =>
    merged.add(outputs.follow(source, past, lostLines(source), signal));
  for (const source of sources) add(source, replayOf(pastOf(parsed, source)));
  if (project === undefined || until !== undefined) merged.close();
  const addLater = async () => {
    for await (const _ of changes) {
      for (const source of feed.ofProject(project ?? "", hostId)) {
        if (known.has(keyOf(source))) continue;
        known.add(keyOf(source));
        // Its lines from before this moment are new to the client.
        add(source, { sinceNs: momentOf(began + source.clockOffsetMs), filter });
      }
    }
  };
  if (project === undefined || until !== undefined) merged.close();
  else merged.during(addLater());
  yield* merged.read();
}
