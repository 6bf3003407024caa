/** A proxy in front of a real engine that breaks the answers of some paths. */
import { temporaryFolder } from "../../fakes/folder.ts";

/** Ways to break an answer. */
export const FAULTS = {
  /** The answer comes three seconds late. */
  late: "late",
  /** The first half of an answer, and the end of the connection. */
  half: "half",
  /** The first half of an answer, and nothing more on an open connection. */
  stalled: "stalled",
  /** Random bytes instead of an answer. */
  garbage: "garbage",
  /** A refusal with 500. */
  refused: "refused",
  /** A page of a proxy with 502. */
  page: "page",
  /** No answer. */
  silent: "silent",
  /** The end of the connection instead of an answer. */
  closed: "closed",
  /** JSON with other types than those of the engine. */
  "wrong types": "wrong types",
} as const;

/** One of {@linkcode FAULTS}. */
export type Fault = keyof typeof FAULTS;

const LATE_MS = 3000;

/** Answers that need no engine. */
const ANSWERS: Readonly<Partial<Record<Fault, string>>> = {
  garbage: String.fromCharCode(...Array.from({ length: 400 }, (_, index) => (index * 7919) % 256)),
  refused: answer("500 Internal Server Error", "application/json", '{"message":"the disk is on fire"}'),
  page: answer("502 Bad Gateway", "text/html", "<html><h1>502 Bad Gateway</h1></html>"),
  "wrong types": answer(
    "200 OK",
    "application/json",
    '{"Id":[],"State":7,"cpu_stats":"much","memory_stats":null,"read":{}}',
  ),
};

function answer(status: string, type: string, body: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** A proxy on a Unix socket; disposing it closes every connection. */
export class BreakingProxy implements AsyncDisposable {
  readonly #folder = temporaryFolder();
  readonly #path = this.#folder.path("docker.sock");
  readonly #listener = Deno.listen({ transport: "unix", path: this.#path });
  readonly #open = new Set<Deno.Conn>();
  readonly #stop = new AbortController();
  readonly #serving: Promise<void>;
  #fault: { readonly fault: Fault; readonly path: RegExp } | undefined;
  /** Number of answers that were broken. */
  broken = 0;

  /** @param target Path of the engine's socket. */
  constructor(readonly target: string) {
    this.#serving = this.#accept();
  }

  /** Address such as `unix:///tmp/…/docker.sock`. */
  get url(): string {
    return `unix://${this.#path}`;
  }

  /** Breaks the answers of the paths that match. */
  break(fault: Fault, path: RegExp): void {
    this.#fault = { fault, path };
  }

  /** Forwards everything again; connections that hang are closed. */
  mend(): void {
    this.#fault = undefined;
    for (const connection of this.#open) close(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#listener.close();
    this.mend();
    await this.#serving;
    this.#folder[Symbol.dispose]();
  }

  async #accept(): Promise<void> {
    const served: Promise<void>[] = [];
    for await (const near of this.#listener) served.push(this.#serve(near).catch(() => {}));
    await Promise.all(served);
  }

  async #serve(near: Deno.Conn): Promise<void> {
    const far = await Deno.connect({ transport: "unix", path: this.target });
    this.#open.add(near).add(far);
    const state = { half: undefined as Fault | undefined };
    const answers = this.#forward(far, near, state).catch(() => {});
    try {
      const buffer = new Uint8Array(64 * 1024);
      for (let read = await near.read(buffer); read !== null; read = await near.read(buffer)) {
        const request = buffer.slice(0, read);
        const fault = this.#faultOf(request);
        if (fault === undefined) await write(far, request);
        else if (await this.#breakOne(fault, { near, far, request }, state)) break;
      }
    } finally {
      for (const connection of [near, far]) {
        close(connection);
        this.#open.delete(connection);
      }
      await answers;
    }
  }

  #faultOf(request: Uint8Array): Fault | undefined {
    const [, path = ""] = new TextDecoder().decode(request).split(" ", 2);
    if (this.#fault === undefined || !this.#fault.path.test(path)) return undefined;
    this.broken++;
    return this.#fault.fault;
  }

  /** @returns true when the connection ends. */
  async #breakOne(
    fault: Fault,
    { near, far, request }: {
      readonly near: Deno.Conn;
      readonly far: Deno.Conn;
      readonly request: Uint8Array;
    },
    state: { half: Fault | undefined },
  ): Promise<boolean> {
    const text = ANSWERS[fault];
    if (text !== undefined) await write(near, Uint8Array.from(text, (char) => char.charCodeAt(0)));
    if (fault === "closed") return true;
    if (fault === "late") await pauseFor(LATE_MS, this.#stop.signal);
    if (fault === "half" || fault === "stalled") state.half = fault;
    if (fault === "late" || state.half !== undefined) await write(far, request);
    return fault === "garbage";
  }

  async #forward(far: Deno.Conn, near: Deno.Conn, state: { half: Fault | undefined }): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    for (let read = await far.read(buffer); read !== null; read = await far.read(buffer)) {
      if (state.half === undefined) {
        await write(near, buffer.subarray(0, read));
        continue;
      }
      await write(near, buffer.subarray(0, read / 2));
      if (state.half === "half") return close(near);
      // A peer that has vanished sends nothing more, and no end either.
      while (await far.read(buffer) !== null);
    }
    close(near);
  }
}

async function write(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    // Closed before, by the peer or by the other direction.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
