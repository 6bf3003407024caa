/**
 * TLS to a server on this machine, which is recognized by its certificate's file. Names and issuers do not matter: a
 * certificate for `dock.example.org` is not valid for 127.0.0.1, and a self-signed one has no known issuer.
 */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** Address of a TLS server. */
export interface TlsAddress {
  readonly hostname: string;
  readonly port: number;
}

/** A plain port on 127.0.0.1 that leads to a TLS server. */
export interface TlsRelay extends AsyncDisposable {
  readonly port: number;
  /** Error of the newest connection that failed. */
  readonly failure: Error | undefined;
}

/**
 * Opens a relay for clients of this process. It does not keep the process running.
 *
 * @param certificate PEM text; connections to a server with another certificate fail before anything is sent.
 * @throws {Error} when the text is not a certificate.
 */
export async function relayTo(address: TlsAddress, certificate: string): Promise<TlsRelay> {
  const { createServer } = await import("node:net");
  const { X509Certificate } = await import("node:crypto");
  const { raw } = new X509Certificate(certificate);
  const open = new Set<Socket>();
  let failure: Error | undefined;
  const server = createServer((near) => {
    open.add(near);
    near.on("close", () => open.delete(near));
    forward(near, address, raw).catch((error) => {
      failure = error;
      near.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return {
    port: (server.address() as { port: number }).port,
    get failure() {
      return failure;
    },
    async [Symbol.asyncDispose]() {
      for (const near of open) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Sends one request over TLS without checking the certificate, and returns the answer; never for secrets.
 *
 * @throws {Error} when the peer does not speak TLS or the signal aborts.
 */
export async function askUnchecked(address: TlsAddress, path: string, signal: AbortSignal): Promise<string> {
  const socket = await handshake(address, signal);
  const close = () => socket.destroy();
  signal.addEventListener("abort", close, { once: true });
  try {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${address.hostname}\r\nConnection: close\r\n\r\n`);
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    return text;
  } finally {
    signal.removeEventListener("abort", close);
    socket.destroy();
  }
}

async function forward(near: Socket, address: TlsAddress, certificate: Uint8Array): Promise<void> {
  const gone = new AbortController();
  near.on("close", () => gone.abort());
  near.on("error", () => near.destroy());
  const far = await handshake(address, gone.signal);
  // The handshake has proven that the server has the certificate's key.
  const shown = far.getPeerCertificate().raw;
  if (shown === undefined || !sameBytes(shown, certificate)) {
    far.destroy();
    throw new Error("its certificate is not the one of --tls-cert");
  }
  far.on("error", () => near.destroy());
  far.on("close", () => near.destroy());
  gone.signal.addEventListener("abort", () => far.destroy(), { once: true });
  near.pipe(far);
  far.pipe(near);
}

async function handshake({ hostname, port }: TlsAddress, signal: AbortSignal): Promise<TLSSocket> {
  const { connect } = await import("node:tls");
  signal.throwIfAborted();
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port, rejectUnauthorized: false });
  return await new Promise((resolve, reject) => {
    const end = (error: unknown) => {
      socket.destroy();
      reject(error);
    };
    socket.on("error", end);
    socket.once("secureConnect", () => resolve(socket));
    signal.addEventListener("abort", () => end(signal.reason), { once: true });
  });
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
