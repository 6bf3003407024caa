/** `/logs/ws?container=…&scan=1`: searches what containers have written. */
import { formatCursor } from "../output/cursor.ts";
import { type OutputFrame, type OutputSource, toFrame, toNotice } from "../output/frame.ts";
import { nowOf } from "../output/replay.ts";
import { type FoundLine, Scan } from "../output/search/scan.ts";
import { ScanHistogram } from "../output/search/scan_histogram.ts";
import type { ScanLimits } from "../output/search/scan_limits.ts";
import { AppError } from "../errors.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import type { OutputScan } from "../protocol/output.ts";
import { sendFrames } from "./output_frames.ts";
import { type ParsedOutput, pastOf } from "./output_options.ts";

/** Largest number of lines that one search finds; the next one continues after them. */
export const MOST_FOUND = 10_000;
/** Interval of the frames of progress, ms. */
const PROGRESS_MS = 250;

/** Searches once, sends the matches, and closes the socket. */
export async function serveScan(
  client: Client,
  parsed: ParsedOutput,
  limits: ScanLimits,
  session: object | undefined,
): Promise<void> {
  try {
    using _running = limits.enter(session);
    await sendScan(client, parsed);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return client.close(CLOSE.tooSlow, error.message);
  }
  if (!client.signal.aborted) client.close(CLOSE.done, "the search has ended");
}

async function sendScan(client: Client, parsed: ParsedOutput): Promise<void> {
  const histogram = parsed.histogram === undefined ? undefined : new ScanHistogram(parsed.histogram);
  const onFailure = (source: OutputSource, message: string) =>
    client.send(toNotice(source, message, true).json);
  const scan = new Scan({ histogram, isList: parsed.isList, onFailure });
  let found = 0;
  const onFound = ({ timestamp }: FoundLine) => {
    found++;
    histogram?.addFound(timestamp);
  };
  const progress = (done: boolean, next: string | null) => {
    const { scanned, at } = scan;
    const frame: OutputScan = {
      ...{ scanned, found, at: at === "" ? null : at, done, next },
      ...histogram && { bars: [...histogram.take()] },
    };
    client.send(JSON.stringify(frame));
  };
  const timer = setInterval(() => client.hasRoom() && progress(false, null), PROGRESS_MS);
  try {
    const next = await sendFound(client, parsed, scan, onFound);
    if (!client.signal.aborted) progress(true, next);
  } finally {
    clearInterval(timer);
  }
}

/** Sends the lines that a search finds; returns the cursor of the last one if it ended before the output did. */
async function sendFound(
  client: Client,
  parsed: ParsedOutput,
  scan: Scan,
  onFound: (line: FoundLine) => void,
): Promise<string | null> {
  const { sources, filter, after, tail = MOST_FOUND } = parsed;
  const stop = new AbortController();
  const requestOf = (source: OutputSource) => {
    const { sinceNs, untilNs } = pastOf(parsed, source);
    return { filter, sinceNs, untilNs: untilNs ?? nowOf(source), isToEnd: untilNs === undefined, after };
  };
  let left = Math.min(tail, MOST_FOUND);
  try {
    for await (const found of scan.run(sources, requestOf, AbortSignal.any([client.signal, stop.signal]))) {
      const end = found.findIndex(([, { isContext }]) => !isContext && --left <= 0);
      const sent = end < 0 ? found : found.slice(0, end + 1);
      for (const [, line] of sent) if (!line.isContext) onFound(line);
      await sendFrames(client, sent.map(([source, line]) => foundFrame(source, line)), true);
      if (end >= 0) return formatCursor(found[end]![1].cursor);
    }
    return null;
  } finally {
    // Ends the requests of the outputs whose next lines are waiting.
    stop.abort();
  }
}

function foundFrame(source: OutputSource, line: FoundLine): OutputFrame {
  const frame = toFrame(source, line);
  const context = line.isContext ? ',"context":true' : "";
  return { ...frame, json: `${frame.json.slice(0, -1)},"cursor":"${formatCursor(line.cursor)}"${context}}` };
}
