/** A client of a terminal, and a server with a fake engine that has one container. */
import type { ServeOptions, Server } from "../../server/serve.ts";
import { serve } from "../../server/serve.ts";
import { TERMINAL_BOUNDS } from "../../server/terminal/bounds.ts";
import type { Config } from "../../server/config/config.ts";
import { eventually } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { byteText, FakeExecs } from "./fake_execs.ts";
import { QUICK } from "../fakes/times.ts";

// deno-lint-ignore no-explicit-any -- frames of any shape; tests check individual keys
type Frame = any;

/** Path of the terminal of the container "web". */
export const TERMINAL = "/containers/Localhost/web/terminal";

/** A WebSocket client that keeps what a terminal sends. */
export class TerminalClient implements AsyncDisposable {
  readonly frames: Frame[] = [];
  readonly sent: Frame[] = [];
  readonly chunks: Uint8Array[] = [];
  closed: CloseEvent | undefined;
  readonly #socket: WebSocket;

  constructor(
    server: string,
    path: string,
    secret: string | undefined = TOKEN,
    options: WebSocketOptions = {},
  ) {
    const token = btoa(secret).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
    const protocols = ["dockstat.v1", `token.${token}`];
    this.#socket = new WebSocket(server.replace(/^http/, "ws") + path, { protocols, ...options });
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this.frames.push(JSON.parse(data));
      else this.chunks.push(new Uint8Array(data));
    });
    this.#socket.addEventListener("close", (event) => this.closed = event);
  }

  /** Opens a terminal and sends its first frame. */
  static async open(
    server: string,
    start: object,
    path = TERMINAL,
    secret?: string,
  ): Promise<TerminalClient> {
    const client = new TerminalClient(server, path, secret);
    await client.frame("the greeting", ({ message }) => message === "Connection established");
    client.send(start);
    return client;
  }

  /** Output so far, one character per byte. */
  get output(): string {
    return this.chunks.map(byteText).join("");
  }

  /** Number of bytes of output so far. */
  get bytes(): number {
    return this.chunks.reduce((sum, { length }) => sum + length, 0);
  }

  /** Sends bytes, or a text frame. */
  send(frame: Uint8Array<ArrayBuffer> | object | string): void {
    if (frame instanceof Uint8Array) return this.#socket.send(frame);
    if (typeof frame !== "string") this.sent.push(frame);
    this.#socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Types text. */
  type(text: string): void {
    this.send(new TextEncoder().encode(text));
  }

  /** Waits for a text frame that matches. */
  frame(what: string, matches: (frame: Frame) => boolean): Promise<Frame> {
    return eventually(what, () => this.frames.find(matches));
  }

  /** Waits until the output contains a text. */
  shows(text: string): Promise<boolean> {
    return eventually(`the output ${JSON.stringify(text)}`, () => this.output.includes(text));
  }

  /** Waits until the socket is closed. */
  end(): Promise<CloseEvent> {
    return eventually("the close", () => this.closed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.end();
  }
}

/** A server with the container "web", and its fake processes. */
export interface TerminalScene extends AsyncDisposable {
  readonly server: Server;
  readonly engine: FakeEngine;
  readonly execs: FakeExecs;
  /** Sends a request with the token and returns the parsed answer. */
  get(path: string): Promise<Frame>;
}

/** Starts a server whose terminals end their processes quickly. */
export async function serveTerminals(
  changes: Partial<Config> = {},
  options: ServeOptions = {},
): Promise<TerminalScene> {
  const engine = new FakeEngine(fakeContainer("web"));
  const execs = new FakeExecs(engine);
  const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
  const server = await serve(testConfig([host], changes), {
    times: QUICK,
    openEngine: () => engine,
    terminalBounds: { ...TERMINAL_BOUNDS, hangUpMs: 5, pollMs: 2, endMs: 500 },
    ...options,
  });
  const get = async (path: string) => {
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
    return await answer.json();
  };
  await eventually("the host", async () => (await get("/docker/hosts"))[0].state === "up");
  return { server, engine, execs, get, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Waits until the newest operation has ended, and returns it. */
export async function endedOperation({ get }: TerminalScene): Promise<Frame> {
  return await eventually("the end of the operation", async () => {
    const [newest] = await get("/operations");
    return newest !== undefined && newest.ended_at !== null && newest;
  });
}
