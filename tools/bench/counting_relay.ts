/** A socket in front of an engine, which counts the numbers of containers that it sends. */
import { temporaryFolder } from "../../tests/fakes/folder.ts";

/** Text that each answer with a container's numbers has once. */
const MARK = new TextEncoder().encode('"preread"');

/** Forwards to an engine for one scope. */
export class CountingRelay implements AsyncDisposable {
  readonly #folder = temporaryFolder();
  readonly #listener = Deno.listen({ transport: "unix", path: this.#folder.path("docker.sock") });
  readonly #open = new Set<Deno.UnixConn>();
  readonly #accepting: Promise<void>;
  /** Answers with the numbers of a container until now. */
  readings = 0;

  /** @param url Address of the engine, such as `unix:///var/run/docker.sock`. */
  constructor(url: string) {
    this.#accepting = this.#accept(url.replace("unix://", ""));
  }

  /** Address of the relay. */
  get url(): string {
    return `unix://${this.#folder.path("docker.sock")}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) close(connection);
    await this.#accepting;
    this.#folder[Symbol.dispose]();
  }

  async #accept(path: string): Promise<void> {
    const pipes: Promise<unknown>[] = [];
    for await (const near of this.#listener) {
      const far = await Deno.connect({ transport: "unix", path });
      this.#open.add(near).add(far);
      pipes.push(this.#pipe(near, far));
    }
    await Promise.all(pipes);
  }

  async #pipe(near: Deno.UnixConn, far: Deno.UnixConn): Promise<void> {
    const count = (chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>) => {
      this.readings += occurrences(chunk);
      controller.enqueue(chunk);
    };
    const counted = far.readable.pipeThrough(new TransformStream({ transform: count }));
    await Promise.allSettled([near.readable.pipeTo(far.writable), counted.pipeTo(near.writable)]);
    for (const connection of [near, far]) {
      close(connection);
      this.#open.delete(connection);
    }
  }
}

/** Counts the mark; one that two chunks share is rare and missed. */
function occurrences(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(MARK[0]!); at !== -1; at = chunk.indexOf(MARK[0]!, at + 1)) {
    if (MARK.every((byte, index) => chunk[at + index] === byte)) count++;
  }
  return count;
}

function close(connection: Deno.UnixConn): void {
  try {
    connection.close();
  } catch (error) {
    // The peer closed it first.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
