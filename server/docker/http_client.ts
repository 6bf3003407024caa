/** A pool of connections to one engine: kept open between bursts, closed when their request is aborted. */
import { untilAborted } from "../duration.ts";
import { USER_AGENT } from "../version.ts";
import { AnswerBytes, type AnswerKind } from "./answer_bytes.ts";
import type { ByteConnection } from "./byte_connection.ts";
import { HttpConnection } from "./http_connection.ts";
import type { Head } from "./text/http_head.ts";

/** A complete answer. */
export interface Answer {
  readonly head: Head;
  readonly text: string;
  /** Method and path of the request. */
  readonly call?: string;
}

/** A connection that has left HTTP. */
export interface Upgraded extends Disposable {
  readonly output: AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  endInput(): Promise<void>;
}

interface IdleConnection {
  readonly connection: HttpConnection;
  /** Time of its last answer, ms of a clock that is never set back. */
  readonly since: number;
}

/** Time after which an unused connection is closed, ms; longer than the interval of most viewers. */
const IDLE_MS = 20_000;

/** A client of one engine. */
export class HttpClient implements Disposable {
  /** Connections without a request, the longest unused first. */
  readonly #idle: IdleConnection[] = [];
  #closing: ReturnType<typeof setTimeout> | undefined;
  /** Requests in flight, by signal, so that one listener serves a whole burst. */
  readonly #busy = new Map<AbortSignal, Set<HttpConnection>>();
  #closed = false;
  readonly #bytes = new AnswerBytes();

  /**
   * @param dial Opens a connection.
   * @param host The `Host` header.
   * @param idleMs Time after which an unused connection is closed, ms.
   */
  constructor(
    readonly dial: () => Promise<ByteConnection>,
    readonly host: string,
    readonly idleMs: number = IDLE_MS,
  ) {}

  /**
   * Requests a path and reads the whole answer.
   *
   * @param kind Decides how large the answer may be.
   * @throws the system's error when the connection fails or the signal aborts, {TypeError} when the answer is too large.
   */
  async get(path: string, signal: AbortSignal, kind: AnswerKind = "details"): Promise<Answer> {
    const kept = this.#idle.pop()?.connection;
    const send = async (connection: HttpConnection) => await this.#sendOn(connection, path, signal, kind);
    if (kept === undefined) return await send(await this.#connect(signal));
    try {
      return await send(kept);
    } catch (error) {
      // The peer may have closed a kept-alive connection; a new one shows whether that was the cause.
      if (signal.aborted || !isClosed(error)) throw error;
      return await send(await this.#connect(signal));
    }
  }

  /**
   * Requests a path and yields the body in chunks as they arrive; a refusal is one answer.
   *
   * @param options `wide` reads larger chunks, for heavy output rather than for many streams.
   */
  async *stream(
    path: string,
    signal: AbortSignal,
    { wide = false }: { readonly wide?: boolean } = {},
  ): AsyncGenerator<Uint8Array, Answer | undefined> {
    const opened = await this.open(path, signal, { wide });
    if ("head" in opened) return opened;
    yield* opened;
    return undefined;
  }

  /**
   * Requests a path and returns the body's chunks once the head has arrived; a refusal is one answer. The connection
   * is closed when the chunks end or the signal aborts.
   *
   * @throws the system's error when the connection fails or the signal aborts.
   */
  async open(
    path: string,
    signal: AbortSignal,
    { wide = false }: { readonly wide?: boolean } = {},
  ): Promise<Answer | AsyncGenerator<Uint8Array, void>> {
    using scope = new DisposableStack();
    const connection = scope.use(await this.#connect(signal));
    scope.use(this.#track(connection, signal));
    const head = await connection.ask(this.#request(path));
    if (head.status !== 200) {
      using held = this.#bytes.open("details");
      return { head, text: await connection.text(head, held), call: `GET ${path}` };
    }
    if (wide) connection.widen();
    return chunksOf(connection, head, scope.move());
  }

  /**
   * Sends JSON and takes over the connection once the engine has switched protocols; a refusal is one answer. The
   * connection is closed when the signal aborts.
   *
   * @throws the system's error when the connection fails or the signal aborts.
   */
  async upgrade(path: string, body: unknown, signal: AbortSignal): Promise<Answer | Upgraded> {
    using scope = new DisposableStack();
    const connection = scope.use(await this.#connect(signal));
    scope.use(this.#track(connection, signal));
    const head = await connection.ask(upgradeRequest(path, this.host, JSON.stringify(body)));
    // Docker before 1.24 and some proxies answer with 200 and continue with the same bytes.
    if (head.status !== 101 && head.status !== 200) {
      using held = this.#bytes.open("details");
      return { head, text: await connection.text(head, held), call: `POST ${path}` };
    }
    connection.widen();
    return upgraded(connection, scope.move());
  }

  /** Closes every connection; requests in flight fail. */
  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#closing);
    for (const { connection } of this.#idle.splice(0)) connection[Symbol.dispose]();
    for (const connections of this.#busy.values()) {
      for (const connection of connections) connection[Symbol.dispose]();
    }
  }

  async #sendOn(
    connection: HttpConnection,
    path: string,
    signal: AbortSignal,
    kind: AnswerKind,
  ): Promise<Answer> {
    using _busy = this.#track(connection, signal);
    using held = this.#bytes.open(kind);
    try {
      const head = await connection.ask(this.#request(path));
      const text = await connection.text(head, held);
      if (head.keepAlive && !this.#closed) this.#keep(connection);
      else connection[Symbol.dispose]();
      return { head, text, call: `GET ${path}` };
    } catch (error) {
      connection[Symbol.dispose]();
      // The system only reports that the connection was closed, which the abort did.
      throw signal.aborted ? signal.reason : error;
    }
  }

  #keep(connection: HttpConnection): void {
    this.#idle.push({ connection, since: performance.now() });
    this.#closing ??= setTimeout(() => this.#closeUnused(), this.idleMs);
  }

  /** Closes the connections of the largest burst once they are no longer needed. */
  #closeUnused(): void {
    const before = performance.now() - this.idleMs;
    const firstUsed = this.#idle.findIndex(({ since }) => since > before);
    const unused = this.#idle.splice(0, firstUsed < 0 ? this.#idle.length : firstUsed);
    for (const { connection } of unused) connection[Symbol.dispose]();
    const [next] = this.#idle;
    this.#closing = next && setTimeout(() => this.#closeUnused(), next.since - before);
  }

  async #connect(signal: AbortSignal): Promise<HttpConnection> {
    const opening = this.dial();
    try {
      return new HttpConnection(await untilAborted(opening, signal));
    } catch (error) {
      // It may still be opened after the abort.
      opening.then((conn) => conn.close(), () => {});
      throw error;
    }
  }

  #request(path: string): string {
    return `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\nUser-Agent: ${USER_AGENT}\r\n\r\n`;
  }

  #track(connection: HttpConnection, signal: AbortSignal): Disposable {
    if (signal.aborted) {
      connection[Symbol.dispose]();
      return { [Symbol.dispose]() {} };
    }
    const connections = this.#busy.get(signal) ?? this.#watch(signal);
    connections.add(connection);
    return { [Symbol.dispose]: () => connections.delete(connection) };
  }

  #watch(signal: AbortSignal): Set<HttpConnection> {
    const connections = new Set<HttpConnection>();
    this.#busy.set(signal, connections);
    signal.addEventListener("abort", () => {
      this.#busy.delete(signal);
      for (const connection of connections) connection[Symbol.dispose]();
    }, { once: true });
    return connections;
  }
}

async function* chunksOf(
  connection: HttpConnection,
  head: Head,
  scope: DisposableStack,
): AsyncGenerator<Uint8Array, void> {
  using _scope = scope;
  yield* connection.chunks(head.body);
}

function upgradeRequest(path: string, host: string, body: string): string {
  const length = new TextEncoder().encode(body).length;
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${USER_AGENT}\r\nConnection: Upgrade\r\n` +
    `Upgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

function upgraded(connection: HttpConnection, scope: DisposableStack): Upgraded {
  return {
    output: connection.chunks("close"),
    write: (bytes) => connection.write(bytes),
    endInput: () => connection.endInput(),
    [Symbol.dispose]: () => scope.dispose(),
  };
}

function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.UnexpectedEof || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BadResource;
}
