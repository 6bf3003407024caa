/** A Unix socket that forwards to an engine and can be cut, to simulate an engine that comes and goes. */
import { temporaryFolder } from "./folder.ts";

/** A relay that can be opened and cut repeatedly. */
export class Relay implements AsyncDisposable {
  readonly #folder = temporaryFolder();
  readonly #pipes = new Set<Promise<unknown>>();
  readonly #connections = new Set<Deno.UnixConn>();
  #listener: Deno.UnixListener | undefined;
  /** Number of requests that were forwarded. */
  requests = 0;

  /** @param target Path of the engine's socket. */
  constructor(readonly target: string) {}

  /** Address such as `unix:///tmp/…/docker.sock`; nothing listens there until {@linkcode open}. */
  get url(): string {
    return `unix://${this.#folder.path("docker.sock")}`;
  }

  /** Starts to listen. */
  open(): void {
    this.#listener = Deno.listen({ transport: "unix", path: this.#folder.path("docker.sock") });
    this.#pipes.add(this.#accept(this.#listener));
  }

  /** Closes all connections and stops listening. */
  async cut(): Promise<void> {
    this.#listener?.close();
    this.#listener = undefined;
    for (const connection of this.#connections) close(connection);
    await Promise.allSettled(this.#pipes);
    this.#connections.clear();
    this.#pipes.clear();
    await Deno.remove(this.#folder.path("docker.sock")).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
    this.#folder[Symbol.dispose]();
  }

  async #accept(listener: Deno.UnixListener): Promise<void> {
    for await (const near of listener) {
      const far = await Deno.connect({ transport: "unix", path: this.target });
      this.#connections.add(near).add(far);
      this.#pipes.add(this.#pipe(near, far));
    }
  }

  readonly #count = (chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>): void => {
    this.requests += decoder.decode(chunk).split(" HTTP/1.1\r\n").length - 1;
    controller.enqueue(chunk);
  };

  async #pipe(near: Deno.UnixConn, far: Deno.UnixConn): Promise<void> {
    const counted = near.readable.pipeThrough(new TransformStream({ transform: this.#count }));
    await Promise.allSettled([counted.pipeTo(far.writable), far.readable.pipeTo(near.writable)]);
    for (const connection of [near, far]) {
      close(connection);
      this.#connections.delete(connection);
    }
  }
}

const decoder = new TextDecoder();

function close(connection: Deno.UnixConn): void {
  try {
    connection.close();
  } catch (error) {
    // The peer closed it first.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
