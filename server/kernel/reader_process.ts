/**
 * A process that reads the kernel's files for a server that may not. It takes requests from standard input and writes
 * readings to standard output, one JSON text per line, and ends with its input. It imports nothing that writes files,
 * opens connections or starts programs.
 */
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { FileReader } from "./file_reader.ts";
import type { KernelRequest, KernelTarget } from "./kernel_reader.ts";

/** Longest request, bytes; 10,000 containers need less. */
const LONGEST_REQUEST = 4 * 1024 * 1024;

/** A request for the machine itself, or for containers, and the containers whose files are to be closed. */
interface Request extends KernelRequest {
  readonly machine: boolean;
  readonly forget: readonly string[];
}

/** Reads a request; anything but ids and process numbers is dropped. */
function requestOf(line: string): Request {
  const { machine, targets, memoryBytes, forget, detailed, connections } = fieldsOf(JSON.parse(line));
  return {
    machine: machine === true,
    targets: itemsOf(targets).map(targetOf),
    memoryBytes: countOf(memoryBytes) ?? Infinity,
    detailed: detailed === true,
    connections: connections === true,
    forget: itemsOf(forget).map(textOf).filter((id) => id !== undefined),
  };
}

function targetOf(value: unknown): KernelTarget {
  const { id, pid } = fieldsOf(value);
  const isValid = /^[0-9a-f]{64}$/.test(textOf(id) ?? "") && Number.isSafeInteger(pid) &&
    (countOf(pid) ?? 0) > 0;
  if (!isValid) throw new Error("a target needs the id of a container and the number of a process");
  return { id: id as string, pid: pid as number };
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > LONGEST_REQUEST) throw new Error("a request is too long");
    const complete = rest.split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
}

/** Answers the requests on standard input until it ends; the arguments are the mounts of the kernel's files. */
export async function answerRequests(
  [proc = "/proc", cgroup = "/sys/fs/cgroup"]: readonly string[],
): Promise<void> {
  await using reader = new FileReader({ proc, cgroup });
  const encoder = new TextEncoder();
  const output = Deno.stdout.writable.getWriter();
  for await (const line of lines(Deno.stdin.readable)) {
    const { forget, machine, ...request } = requestOf(line);
    reader.forget(forget);
    const answer = machine ? await reader.machine() : await reader.read(request);
    await output.write(encoder.encode(JSON.stringify(answer) + "\n"));
  }
}

if (import.meta.main) await answerRequests(Deno.args);
