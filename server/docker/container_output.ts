/** Reads a container's output from the engine and splits it into lines. */
import { accepted, acceptedObject } from "./answer.ts";
import { Demux, type OutputLine } from "./demux.ts";
import type { OutputRequest } from "./engine.ts";
import type { HttpClient } from "./http_client.ts";
import { toUnixSeconds } from "../moment.ts";
import { fieldsOf } from "../untrusted_json.ts";

/**
 * Reads a container's output in batches of lines as they arrive.
 *
 * @param path Path of the container on the engine, including the API version.
 * @throws {AppError} "not-found" when the container is gone, "engine-refused" with the engine's message.
 */
export async function* readOutput(
  client: HttpClient,
  path: string,
  { follow, tail, sinceNs, untilNs, narrow = false }: OutputRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputLine[]> {
  const details = acceptedObject(await client.get(`${path}/json`, signal));
  const query = new URLSearchParams({
    stdout: "1",
    stderr: "1",
    timestamps: "1",
    follow: follow ? "1" : "0",
  });
  if (tail !== undefined) query.set("tail", String(tail));
  if (sinceNs !== undefined) query.set("since", toUnixSeconds(sinceNs));
  if (untilNs !== undefined) query.set("until", toUnixSeconds(untilNs));
  const demux = new Demux(fieldsOf(details["Config"])["Tty"] === true);
  const chunks = client.stream(`${path}/logs?${query}`, signal, { wide: !narrow });
  try {
    for (;;) {
      const { done, value } = await chunks.next();
      if (!done) {
        const lines = demux.push(value);
        if (lines.length > 0) yield lines;
        continue;
      }
      if (value !== undefined) accepted(value);
      // While following, an unfinished last line is sent once it is complete.
      const unfinished = !follow && fieldsOf(details["State"])["Running"] === true;
      const last = unfinished ? [] : demux.end();
      if (last.length > 0) yield last;
      return;
    }
  } finally {
    // Closes the connection of a caller that takes no further lines.
    await chunks.return(undefined);
  }
}
