/** Runs the parts of the gate. */
import { ROOT_URL } from "../lint/paths.ts";
import type { Part } from "./parts.ts";
import type { Result } from "./result.ts";

/** Destination of the output while it arrives. */
export interface Sink {
  writeSync(bytes: Uint8Array): number;
}

/** Writes all bytes, although a sink may take fewer at a time. */
export function writeAll(sink: Sink, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += sink.writeSync(bytes.subarray(at));
}

/** Copies a stream to a sink and returns its text. */
async function copy(stream: ReadableStream<Uint8Array>, sink: Sink): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of stream) {
    writeAll(sink, bytes);
    text += decoder.decode(bytes, { stream: true });
  }
  return text;
}

/** Runs one part and shows its output as it arrives. */
export async function runPart(part: Part, sink: Sink): Promise<Result> {
  writeAll(sink, new TextEncoder().encode(`\n== ${part.name}\n`));
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...part.args],
    cwd: new URL(part.folder === undefined ? "." : `${part.folder}/`, ROOT_URL),
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...part.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [out, error] = await Promise.all([copy(child.stdout, sink), copy(child.stderr, sink)]);
  const { code } = await child.status;
  return { part, code, output: `${out}\n${error}`, seconds: (performance.now() - started) / 1000 };
}
