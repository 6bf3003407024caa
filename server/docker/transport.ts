/** How bytes reach an engine: a socket path or a TCP address, TLS included, and the tunnel for ssh hosts. */
import type { Endpoint } from "../docker_context.ts";
import { AppError, reason } from "../errors.ts";
import { openTunnel } from "./ssh_tunnel.ts";

/** The PEM texts of a TLS connection. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** A way to an engine that is ready to be used. */
export interface Transport extends AsyncDisposable {
  /** The path of a Unix socket, or `undefined` for TCP. */
  readonly socketPath: string | undefined;
  /** For a socket `http://127.0.0.1`, which asks for no permission that the server lacks; for TCP the engine's own. */
  readonly base: URL;
  readonly tls: TlsTexts | undefined;
  /** Keeps its connections open, which halves the cost of a burst. */
  readonly client: Deno.HttpClient;
}

/** The most requests that a burst has in flight at once on kept connections. */
const KEPT_CONNECTIONS = 128;

/**
 * Opens the way to an endpoint; for ssh that starts the tunnel.
 *
 * @throws {AppError} "engine-unreachable" when a PEM file cannot be read or the tunnel does not come up.
 */
export async function openTransport(endpoint: Endpoint, signal: AbortSignal): Promise<Transport> {
  const url = new URL(endpoint.url);
  if (url.protocol === "ssh:") {
    const tunnel = await openTunnel(url, signal);
    return viaSocket(tunnel.socketPath, tunnel);
  }
  if (url.protocol === "unix:") return viaSocket(decodeURIComponent(url.pathname));
  const tls = endpoint.tls && await readTls(endpoint.tls);
  return viaTcp(url, tls);
}

/** An endpoint's address as it may be shown: without user and password. */
export function publicUrl(endpoint: Endpoint): string {
  return endpoint.url.replace(/^([a-z]+:\/\/)[^/]*@/, "$1");
}

function viaSocket(socketPath: string, tunnel?: AsyncDisposable): Transport {
  const client = Deno.createHttpClient({
    proxy: { transport: "unix", path: socketPath },
    poolMaxIdlePerHost: KEPT_CONNECTIONS,
    http2: false,
  });
  return {
    socketPath,
    base: new URL("http://127.0.0.1"),
    tls: undefined,
    client,
    async [Symbol.asyncDispose]() {
      client.close();
      await tunnel?.[Symbol.asyncDispose]();
    },
  };
}

function viaTcp(url: URL, tls: TlsTexts | undefined): Transport {
  const secure = tls !== undefined || url.protocol === "https:";
  const client = Deno.createHttpClient({
    ...(tls?.ca ? { caCerts: [tls.ca] } : {}),
    ...(tls?.cert && tls.key ? { cert: tls.cert, key: tls.key } : {}),
    poolMaxIdlePerHost: KEPT_CONNECTIONS,
    http2: false,
  });
  const port = url.port || (secure ? "2376" : "2375");
  return {
    socketPath: undefined,
    base: new URL(`${secure ? "https" : "http"}://${url.hostname}:${port}`),
    tls: secure ? tls ?? {} : undefined,
    client,
    [Symbol.asyncDispose]() {
      client.close();
      return Promise.resolve();
    },
  };
}

async function readTls(paths: NonNullable<Endpoint["tls"]>): Promise<TlsTexts> {
  const texts = Object.entries(paths).map(async ([key, path]) => {
    try {
      return [key, await Deno.readTextFile(path)] as const;
    } catch (cause) {
      throw new AppError("engine-unreachable", `Cannot read the TLS file "${path}": ${reason(cause)}`, {
        cause,
      });
    }
  });
  return Object.fromEntries(await Promise.all(texts));
}
