/** TLS to a checked address: the name is only for the certificate, and is not resolved again. */
import type { Agent } from "node:https";
import type { LookupFunction } from "node:net";
import type { TLSSocket } from "node:tls";
import { reason } from "../../errors.ts";
import type { ByteConnection, TlsTexts } from "../byte_connection.ts";

/** Target of a connection. */
export interface PinnedTarget {
  /** The checked address. */
  readonly address: string;
  /** Name that the certificate must have. */
  readonly hostname: string;
  readonly port: number;
}

/**
 * Connects to an address and verifies the certificate of a name; `Deno.connectTls` would resolve the name.
 *
 * @throws the system's error when the connection or the handshake fails.
 */
export async function connectPinned(
  { address, hostname, port }: PinnedTarget,
  tls: TlsTexts,
): Promise<ByteConnection> {
  const { connect } = await import("node:tls");
  const socket = connect({ host: address, port, servername: hostname, ...tls });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Stays for the whole life of the socket: an error without a listener ends the process.
  socket.on("error", reject);
  socket.once("secureConnect", resolve);
  try {
    await promise;
    return new SocketConnection(socket);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Returns an agent that connects to a checked address, for clients that only know the name. */
export async function pinnedAgent(address: string): Promise<Agent> {
  const { Agent } = await import("node:https");
  const family = address.includes(":") ? 6 : 4;
  const lookup: LookupFunction = (_hostname, { all }, callback) => {
    if (all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
  const options: ConstructorParameters<typeof Agent>[0] & { readonly lookup: LookupFunction } = { lookup };
  return new Agent(options);
}

/** A socket of Node in the shape of a connection of Deno. */
class SocketConnection implements ByteConnection {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(readonly socket: TLSSocket) {
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  async read(into: Uint8Array): Promise<number | null> {
    while (this.#rest.length === 0) {
      const chunk = await this.#next();
      if (chunk === undefined) return null;
      this.#rest = chunk;
    }
    const count = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    return count;
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      return done ? undefined : value;
    } catch (cause) {
      throw new Deno.errors.ConnectionReset(reason(cause), { cause });
    }
  }

  async write(bytes: Uint8Array): Promise<number> {
    await new Promise<void>((done, failed) => {
      this.socket.write(bytes, (error) => error ? failed(error) : done());
    }).catch((cause) => {
      throw new Deno.errors.BrokenPipe(reason(cause), { cause });
    });
    return bytes.length;
  }

  async closeWrite(): Promise<void> {
    await new Promise<void>((done) => this.socket.end(done));
  }

  close(): void {
    this.socket.destroy();
  }
}
