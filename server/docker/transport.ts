/** Opens the way to an engine: a socket path or a TCP address, with TLS, or a tunnel for ssh hosts. */
import type { Agent } from "node:https";
import type { Endpoint } from "../config/docker_context.ts";
import { isAddress } from "../address.ts";
import { AppError } from "../errors.ts";
import type { ByteConnection, TlsTexts } from "./byte_connection.ts";
import { checkedAddress, GUARD, type Guard } from "./guard/guarded.ts";
import { connectPinned, pinnedAgent } from "./guard/pinned_tls.ts";
import { HttpClient } from "./http_client.ts";
import { pinnedSshOptions } from "./ssh/pinned_ssh.ts";
import { openTunnel } from "./ssh_tunnel.ts";
import { pemFault } from "./text/tls_failure.ts";

/** An open way to an engine. */
export interface Transport extends AsyncDisposable {
  /** Connection options for dockerode. */
  readonly address:
    | { readonly socketPath: string }
    | {
      readonly protocol: "http" | "https";
      readonly host: string;
      readonly port: number;
      /** Connects to a checked address. */
      readonly agent?: Agent;
    } & TlsTexts;
  /** Opens connections for reading. */
  readonly client: HttpClient;
}

/**
 * Opens the way to an endpoint; for ssh this starts the tunnel.
 *
 * @param guard Checks addresses of the page.
 * @throws {AppError} "engine-unreachable" when a PEM file cannot be read or the tunnel fails.
 */
export async function openTransport(
  endpoint: Endpoint,
  signal: AbortSignal,
  guard: Guard = GUARD,
): Promise<Transport> {
  const url = new URL(endpoint.url);
  if (endpoint.guarded) return await viaGuarded(url, endpoint, signal, guard);
  return await viaUrl(url, endpoint, signal);
}

/** Opens the way to an address of the page, which must not lead to this machine or its link. */
async function viaGuarded(
  url: URL,
  endpoint: Endpoint,
  signal: AbortSignal,
  guard: Guard,
): Promise<Transport> {
  const address = await checkedAddress(url, signal, guard);
  if (url.protocol === "ssh:") {
    // ssh may know the name by its own settings, which are those of the owner of this machine.
    const tunnel = await openTunnel(url, signal, { options: await pinnedSshOptions(url, address, signal) });
    return viaSocket(tunnel.socketPath, tunnel);
  }
  if (address === undefined) {
    throw new AppError("engine-unreachable", `the name ${url.hostname} does not resolve`);
  }
  const tls = endpoint.tls && await readTls(endpoint.tls);
  return isAddress(url.hostname) || tls === undefined
    ? viaTcp(url, tls, address)
    : await viaPinnedTls(url, tls, address);
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

/** @param checked The address to connect to; by default the system resolves the name. */
function viaTcp(url: URL, tls: TlsTexts | undefined, checked?: string): Transport {
  const secure = tls !== undefined || url.protocol === "https:";
  const host = checked ?? hostOf(url);
  const port = Number(url.port) || (secure ? 2376 : 2375);
  const dial = () => secure ? connectTls(host, port, tls ?? {}) : Deno.connect({ hostname: host, port });
  const address = { protocol: secure ? "https" as const : "http" as const, host, port, ...tls };
  return viaDial(dial, `${url.hostname}:${port}`, address);
}

async function viaPinnedTls(url: URL, tls: TlsTexts, checked: string): Promise<Transport> {
  const target = { address: checked, hostname: hostOf(url), port: Number(url.port) || 2376 };
  const { hostname: host, port } = target;
  const agent = await pinnedAgent(checked);
  const address = { protocol: "https" as const, host, port, agent, ...tls };
  return viaDial(() => connectPinned(target, tls), `${host}:${port}`, address);
}

function viaDial(
  dial: () => Promise<ByteConnection>,
  name: string,
  address: Transport["address"],
): Transport {
  const client = new HttpClient(() => named(dial(), name), name);
  return {
    address,
    client,
    [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** Returns the host of a URL without brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** Waits for a connection; an error of the system names the call and the address, as engines' own tools do. */
async function named<Conn>(connection: Promise<Conn>, address: string): Promise<Conn> {
  try {
    return await connection;
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    // Other codes are those of TLS, whose messages are clearer.
    if (typeof code !== "string" || !/^E[A-Z\d]+$/.test(code)) throw cause;
    throw new Error(`connect ${code} ${address}`, { cause });
  }
}

async function connectTls(hostname: string, port: number, { ca, cert, key }: TlsTexts): Promise<Deno.Conn> {
  return await Deno.connectTls({
    hostname,
    port,
    ...(ca === undefined ? {} : { caCerts: [ca] }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  });
}

async function readTls(paths: NonNullable<Endpoint["tls"]>): Promise<TlsTexts> {
  const settings = Object.entries(paths) as [keyof TlsTexts, string][];
  return Object.fromEntries(await Promise.all(settings.map(readPem)));
}

/** Viewers read the messages, so they name the setting and not the path. */
async function readPem([setting, path]: [keyof TlsTexts, string]): Promise<[keyof TlsTexts, string]> {
  const text = await Deno.readTextFile(path).catch((cause) => {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : "it cannot be opened";
    throw new AppError("engine-unreachable", `Cannot read the file of tls.${setting}: ${why}`, { cause });
  });
  const fault = pemFault(setting, text);
  if (fault !== undefined) throw new AppError("engine-unreachable", fault);
  return [setting, text];
}
