/** Container output as text: all of it, as it is read from the engine. */
import type { OutputLine } from "../docker/demux.ts";
import { formatMoment } from "../moment.ts";
import type { OutputSource } from "../output/frame.ts";
import type { ReplayRequest } from "../output/outputs.ts";
import { readPage } from "../output/page.ts";

const HEADERS = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } as const;

/**
 * Streams the output of a container, without timestamps, as `docker logs` prints it.
 *
 * @param headOnly Reads nothing further than needed for the status.
 * @throws {AppError} "not-found" or the engine's refusal with its message.
 */
export async function outputText(
  source: OutputSource,
  past: ReplayRequest,
  headOnly: boolean,
): Promise<Response> {
  const stop = new AbortController();
  const batches = batchesOf(source, past, stop.signal);
  // The first batch shows if the engine refuses.
  let next: Promise<IteratorResult<readonly OutputLine[]>> | undefined = Promise.resolve(
    await batches.next(),
  );
  if (headOnly) {
    stop.abort();
    return new Response(null, { headers: HEADERS });
  }
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await (next ?? batches.next());
      next = undefined;
      if (done) return controller.close();
      controller.enqueue(encoder.encode(value.map(({ message }) => `${message}\n`).join("")));
    },
    cancel: () => stop.abort(),
  }, { highWaterMark: 1 });
  return new Response(body, { headers: HEADERS });
}

/** Yields the lines before the end; the newest ones if their number is given. */
async function* batchesOf(
  source: OutputSource,
  { tail, sinceNs, untilNs }: ReplayRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputLine[]> {
  if (tail !== undefined) {
    const page = await readPage(source, { count: tail, sinceNs, untilNs }, signal);
    return yield page.map(({ line }) => line);
  }
  const until = untilNs === undefined ? undefined : formatMoment(untilNs);
  const request = { follow: false, sinceNs, untilNs };
  for await (const lines of source.engine.output(source.containerId, request, signal)) {
    yield until === undefined ? lines : lines.filter(({ timestamp }) => timestamp < until);
  }
}
