/** A server for a test, and clients that wait for frames instead of sleeping. */
import type { Config } from "../server/config/config.ts";
import type { Engine } from "../server/docker/engine.ts";
import { DEFAULT_LIMITS, type Limits } from "../server/config/limits.ts";
import { serve, type ServeOptions, type Server } from "../server/serve.ts";
import { eventually } from "./assert.ts";
import { QUICK } from "./fakes/times.ts";

/** Token of the test servers. */
export const TOKEN = "a-token-for-tests-only";

let folders: string | undefined;

/** Returns the path of a separate data folder; all of them are removed after the tests. */
export function freshFolder(): string {
  if (folders === undefined) {
    const root = Deno.makeTempDirSync({ prefix: "dockstat-data-" });
    globalThis.addEventListener("unload", () => Deno.removeSync(root, { recursive: true }));
    folders = root;
  }
  return `${folders}/${crypto.randomUUID()}`;
}

/** Creates a configuration that listens on a free port of the loopback address. */
export function testConfig(hosts: Config["hosts"], changes: Partial<Config> = {}): Config {
  return {
    hosts,
    listen: { host: "127.0.0.1", port: 0, socket: undefined },
    // A program that is killed cannot remove a folder that it does not use.
    data: changes.data ?? freshFolder(),
    access: { token: TOKEN, auth: true, origins: [], readOnly: false, viewToken: false },
    tls: undefined,
    limits: DEFAULT_LIMITS,
    exec: true,
    log: { level: "fatal", format: "json" },
    history: { keepMs: 3_600_000, always: false },
    reader: "auto",
    stacks: { parallel: 4, allowKeys: [] },
    updates: { daily: false, night: undefined, healthyMs: 300_000, loginFolder: undefined },
    outbound: { allow: [] },
    alerts: { rules: [], channels: [] },
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "/" },
    hostname: undefined,
    ...changes,
  };
}

/** Serves engines under host ids, with short intervals and timeouts unless the options set others. */
export async function serveEngines(
  engines: Readonly<Record<string, Engine>>,
  options: Partial<ServeOptions> = {},
  limits: Partial<Limits> = {},
): Promise<Server> {
  const hosts = Object.keys(engines).map((id) => ({
    kind: "docker" as const,
    id,
    endpoint: { url: "unix:///none" },
  }));
  return await serve(testConfig(hosts, { limits: { ...DEFAULT_LIMITS, ...limits } }), {
    times: QUICK,
    openEngine: ({ id }) => engines[id]!,
    ...options,
  });
}

// deno-lint-ignore no-explicit-any -- frames of any shape; tests check individual keys
type Frame = any;

/** A WebSocket client that stores its frames. */
export class TestClient implements AsyncDisposable {
  readonly frames: Frame[] = [];
  closed: CloseEvent | undefined;
  readonly #socket: WebSocket;

  constructor(server: string, path: string, token?: string, options: WebSocketOptions = {}) {
    const protocols = token === undefined ? [] : ["dockstat.v1", `token.${btoa(token).replace(/=+$/, "")}`];
    this.#socket = new WebSocket(server.replace(/^http/, "ws") + path, { protocols, ...options });
    this.#socket.addEventListener("message", ({ data }) => this.frames.push(JSON.parse(data)));
    this.#socket.addEventListener("close", (event) => this.closed = event);
  }

  /** Subprotocol that the server has accepted. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Waits for a frame that matches. */
  frame(what: string, matches: (frame: Frame) => boolean): Promise<Frame> {
    return eventually(what, () => this.frames.find(matches));
  }

  /** Waits until the server or the client has closed the socket. */
  end(): Promise<CloseEvent> {
    return eventually("the close", () => this.closed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.end();
  }
}

/** Builds the raw bytes of an upgrade request, for misbehaving clients. */
export function upgradeRequest(path: string, headers: Readonly<Record<string, string>> = {}): Uint8Array {
  const all = {
    Host: "127.0.0.1",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
}

/** Opens a TCP connection to a server, for requests that no WebSocket client sends. */
export async function rawConnection(server: string): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(server);
  return await Deno.connect({ hostname, port: Number(port) });
}
