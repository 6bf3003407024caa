/** Sends frames of container output to a client, singly or in batches. */
import type { Client } from "../http/socket.ts";
import type { OutputFrame } from "../output/frame.ts";

/** Size above which a batch is split, characters. */
const LARGEST_BATCH = 256 * 1024;

/** Sends frames as far as the client reads them. Notices are never part of a batch. */
export async function sendFrames(
  client: Client,
  frames: readonly OutputFrame[],
  batch: boolean,
): Promise<void> {
  for (const [index, json] of (batch ? [...batches(frames)] : frames.map(({ json }) => json)).entries()) {
    // Asking the runtime costs as much as sending; ask before each long frame only.
    if ((index % 32 === 31 || json.length > 16_384) && !client.hasRoom()) await client.room();
    client.send(json);
  }
  if (!client.hasRoom()) await client.room();
}

/** Yields the lines as JSON arrays, and the notices between them as they are. */
function* batches(frames: readonly OutputFrame[]): Generator<string> {
  let lines: string[] = [];
  let size = 0;
  const take = () => {
    const array = `[${lines.join(",")}]`;
    lines = [];
    size = 0;
    return array;
  };
  for (const { json, stream } of frames) {
    const isFull = stream === undefined || size + json.length > LARGEST_BATCH;
    if (isFull && lines.length > 0) yield take();
    if (stream === undefined) yield json;
    else {
      lines.push(json);
      size += json.length;
    }
  }
  if (lines.length > 0) yield take();
}
