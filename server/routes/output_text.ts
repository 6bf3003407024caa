/** Container output as text: all of it, as it is read from the engine. */
import type { OutputLine } from "../docker/demux.ts";
import { formatMoment } from "../moment.ts";
import { LineFilter } from "../output/filter/line_filter.ts";
import type { OutputSource } from "../output/frame.ts";
import { mergeLines, readMergedPage } from "../output/merged_page.ts";
import { type ParsedOutput, pastOf } from "./output_options.ts";

const HEADERS = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } as const;

/** Lines, each with its container. */
type TextBatch = readonly (readonly [source: OutputSource, line: OutputLine])[];

/**
 * Streams the output as `docker logs` prints it, with timestamps if a time zone is given. Lines of a list have the
 * container's name.
 *
 * @param headOnly Reads nothing further than needed for the status.
 * @throws {AppError} "not-found" or the engine's refusal with its message.
 */
export async function outputText(parsed: ParsedOutput, headOnly: boolean): Promise<Response> {
  const stop = new AbortController();
  const batches = batchesOf(parsed, stop.signal);
  // The first batch shows if the engine refuses.
  let next: Promise<IteratorResult<TextBatch>> | undefined = Promise.resolve(await batches.next());
  const end = async () => {
    stop.abort();
    await batches.return(undefined);
  };
  if (headOnly) {
    await end();
    return new Response(null, { headers: HEADERS });
  }
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? batches.next());
        next = undefined;
        if (done) return controller.close();
        controller.enqueue(encoder.encode(value.map(textOf(parsed)).join("")));
      } catch (error) {
        stop.abort();
        throw error;
      }
    },
    cancel: end,
  }, { highWaterMark: 1 });
  return new Response(body, { headers: HEADERS });
}

function textOf({ isList, timeInZone }: ParsedOutput): (entry: TextBatch[number]) => string {
  const time = (timestamp: string) => timeInZone === undefined ? "" : `${timeInZone(timestamp)} `;
  const name = (source: OutputSource) =>
    isList ? `${source.current()?.name ?? source.containerId.slice(0, 12)} | ` : "";
  return ([source, { timestamp, message }]) => `${time(timestamp)}${name(source)}${message}\n`;
}

/** Yields the lines before the end; the newest ones if their number is given. */
async function* batchesOf(parsed: ParsedOutput, signal: AbortSignal): AsyncGenerator<TextBatch> {
  const { sources, tail } = parsed;
  if (tail === undefined) {
    yield* mergeLines(sources.map((source) => [source, linesOf(parsed, source, signal)] as const));
    return;
  }
  const page = await readMergedPage(
    sources,
    (source) => ({ ...pastOf(parsed, source), count: tail }),
    signal,
  );
  yield page.map(({ source, line }) => [source, line]);
}

async function* linesOf(
  parsed: ParsedOutput,
  source: OutputSource,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputLine[]> {
  const { sinceNs, untilNs, filter: criteria } = pastOf(parsed, source);
  const until = untilNs === undefined ? undefined : formatMoment(untilNs);
  const filter = criteria && new LineFilter<OutputLine>(criteria, (line) => line);
  const request = { follow: false, sinceNs, untilNs };
  for await (const lines of source.engine.output(source.containerId, request, signal)) {
    const early = until === undefined ? lines : lines.filter(({ timestamp }) => timestamp < until);
    yield await filter?.pass(early, signal) ?? early;
  }
}
