/** The connections to one engine's numbers: kept open between bursts, closed when their request is given up. */
import { USER_AGENT } from "../version.ts";
import { type Head, HttpConnection } from "./http_connection.ts";

/** An answer that was read to its end. */
export interface Answer {
  readonly head: Head;
  readonly text: string;
}

/** A client of one engine. */
export class HttpClient implements Disposable {
  readonly #idle: HttpConnection[] = [];
  /** What is under way, by the signal that ends it: one listener serves a whole burst. */
  readonly #busy = new Map<AbortSignal, Set<HttpConnection>>();
  #closed = false;

  /**
   * @param open Opens a connection.
   * @param host The `Host` header.
   */
  constructor(readonly open: () => Promise<Deno.Conn>, readonly host: string) {}

  /**
   * Asks for a path and reads the whole answer.
   *
   * @throws what the system says when the connection fails or the signal aborts.
   */
  async get(path: string, signal: AbortSignal): Promise<Answer> {
    const kept = this.#idle.pop();
    if (kept === undefined) return await this.#getOn(await this.#connect(), path, signal);
    try {
      return await this.#getOn(kept, path, signal);
    } catch (error) {
      // A kept connection may have been closed by its peer since; a new one tells whether that was it.
      if (signal.aborted || !isClosed(error)) throw error;
      return await this.#getOn(await this.#connect(), path, signal);
    }
  }

  /**
   * Asks for a path and gives the body in pieces, as they come; a refusal comes as one answer.
   *
   * @param options `wide` reads more at once: for much output, not for many streams.
   */
  async *stream(
    path: string,
    signal: AbortSignal,
    { wide = false }: { readonly wide?: boolean } = {},
  ): AsyncGenerator<Uint8Array, Answer | undefined> {
    const connection = await this.#connect();
    using _connection = connection;
    using _busy = this.#track(connection, signal);
    const head = await connection.ask(this.#request(path));
    if (head.status !== 200) return { head, text: await connection.text(head) };
    if (wide) connection.widen();
    yield* connection.chunks(head.body);
    return undefined;
  }

  /** Closes every connection; what is under way ends with an error. */
  [Symbol.dispose](): void {
    this.#closed = true;
    for (const connection of this.#idle.splice(0)) connection[Symbol.dispose]();
    for (const connections of this.#busy.values()) {
      for (const connection of connections) connection[Symbol.dispose]();
    }
  }

  async #getOn(connection: HttpConnection, path: string, signal: AbortSignal): Promise<Answer> {
    using _busy = this.#track(connection, signal);
    try {
      const head = await connection.ask(this.#request(path));
      const text = await connection.text(head);
      if (head.keepAlive && !this.#closed) this.#idle.push(connection);
      else connection[Symbol.dispose]();
      return { head, text };
    } catch (error) {
      connection[Symbol.dispose]();
      throw error;
    }
  }

  async #connect(): Promise<HttpConnection> {
    return new HttpConnection(await this.open());
  }

  #request(path: string): string {
    return `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\nUser-Agent: ${USER_AGENT}\r\n\r\n`;
  }

  #track(connection: HttpConnection, signal: AbortSignal): Disposable {
    if (signal.aborted) connection[Symbol.dispose]();
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

function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.UnexpectedEof || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BadResource;
}
