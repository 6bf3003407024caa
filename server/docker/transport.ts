/** Opens the way to an engine: a socket path or a TCP address, with TLS, or a tunnel for ssh hosts. */
import type { Endpoint } from "../config/docker_context.ts";
import { untilAborted } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { checkAddress, checkedAddress } from "./guard/guarded.ts";
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
  if (endpoint.guarded) return await viaGuarded(url, endpoint, signal);
  return await viaUrl(url, endpoint, signal);
}

/** Opens the way to an address of the page, which must not lead to this machine or its link. */
async function viaGuarded(url: URL, endpoint: Endpoint, signal: AbortSignal): Promise<Transport> {
  const address = await untilAborted(checkedAddress(url.hostname), signal);
  // ssh may know the name by its own settings, which are those of the owner of this machine.
  if (url.protocol === "ssh:") return await viaUrl(url, endpoint, signal);
  if (address === undefined) {
    throw new AppError("engine-unreachable", `the name ${url.hostname} does not resolve`);
  }
  return viaTcp(url, endpoint.tls && await readTls(endpoint.tls), address);
}

async function viaUrl(url: URL, endpoint: Endpoint, signal: AbortSignal): Promise<Transport> {
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

/** @param checked The address that the name was resolved to and checked; `undefined` to let the system resolve it. */
function viaTcp(url: URL, tls: TlsTexts | undefined, checked?: string): Transport {
  const secure = tls !== undefined || url.protocol === "https:";
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (secure ? 2376 : 2375);
  const address = `${url.hostname}:${port}`;
  const dial = () =>
    secure
      ? connectTls(hostname, port, tls ?? {}, checked !== undefined)
      : Deno.connect({ hostname: checked ?? hostname, port });
  const client = new HttpClient(() => named(dial(), address), address);
  return {
    address: {
      protocol: secure ? "https" : "http",
      host: secure ? hostname : checked ?? hostname,
      port,
      ...tls,
    },
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

async function connectTls(
  hostname: string,
  port: number,
  { ca, cert, key }: TlsTexts,
  guarded: boolean,
): Promise<Deno.Conn> {
  const connection = await Deno.connectTls({
    hostname,
    port,
    ...(ca === undefined ? {} : { caCerts: [ca] }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  });
  if (!guarded) return connection;
  try {
    // TLS needs the name, which the system may have resolved to another address than before.
    checkAddress(connection.remoteAddr.transport === "tcp" ? connection.remoteAddr.hostname : "");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
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
