/** Opens the way to an engine: a socket path or a TCP address, with TLS, or a tunnel for ssh hosts. */
import type { Endpoint } from "../config/docker_context.ts";
import { AppError, reason } from "../errors.ts";
import { HttpClient } from "./http_client.ts";
import { openTunnel } from "./ssh_tunnel.ts";

/** PEM texts of a TLS connection. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** An open way to an engine. */
export interface Transport extends AsyncDisposable {
  /** Connection options for dockerode. */
  readonly address:
    | { readonly socketPath: string }
    | { readonly protocol: "http" | "https"; readonly host: string; readonly port: number } & TlsTexts;
  /** Opens connections for reading. */
  readonly client: HttpClient;
}

/**
 * Opens the way to an endpoint; for ssh this starts the tunnel.
 *
 * @throws {AppError} "engine-unreachable" when a PEM file cannot be read or the tunnel fails.
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

/** Returns an endpoint's address without user and password. */
export function publicUrl(endpoint: Endpoint): string {
  return endpoint.url.replace(/^([a-z]+:\/\/).*@/, "$1");
}

function viaSocket(socketPath: string, tunnel?: AsyncDisposable): Transport {
  const dial = () => Deno.connect({ transport: "unix", path: socketPath });
  const client = new HttpClient(() => named(dial(), socketPath), "docker");
  return {
    address: { socketPath },
    client,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await tunnel?.[Symbol.asyncDispose]();
    },
  };
}

function viaTcp(url: URL, tls: TlsTexts | undefined): Transport {
  const secure = tls !== undefined || url.protocol === "https:";
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (secure ? 2376 : 2375);
  const address = `${url.hostname}:${port}`;
  const dial = () => secure ? connectTls(hostname, port, tls ?? {}) : Deno.connect({ hostname, port });
  const client = new HttpClient(() => named(dial(), address), address);
  return {
    address: { protocol: secure ? "https" : "http", host: hostname, port, ...tls },
    client,
    [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** Waits for a connection; an error of the system names the call and the address, as engines' own tools do. */
async function named<Conn>(connection: Promise<Conn>, address: string): Promise<Conn> {
  try {
    return await connection;
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    if (typeof code !== "string") throw cause;
    throw new Error(`connect ${code} ${address}`, { cause });
  }
}

function connectTls(hostname: string, port: number, { ca, cert, key }: TlsTexts): Promise<Deno.Conn> {
  return Deno.connectTls({
    hostname,
    port,
    ...(ca === undefined ? {} : { caCerts: [ca] }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  });
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
