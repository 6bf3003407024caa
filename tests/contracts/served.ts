/** A server all of whose paths can be reached, and what it says of them itself. */
import { serve, type Server } from "../../server/serve.ts";
import { assert, assertEquals } from "../assert.ts";
import { testConfig } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import type { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { QUICK } from "../fakes/times.ts";

// deno-lint-ignore no-explicit-any -- documents and answers of every shape; tests look at the keys they are about
export type Json = any;

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` for what is no JSON. */
  readonly body: Json;
}

/** What the dashboard's page is made of: not described, since it is for browsers. */
const PAGE = ["/", "/assets/{name}", "/icon.svg"];
/** What makes a request one for a socket, but for a proper key: that is looked at last. */
const HALF_AN_UPGRADE = { connection: "upgrade", upgrade: "websocket", "sec-websocket-key": "none" };

/** A server with a fake engine and a fake Compose, asked by its unix socket, which answers everything. */
export class Served implements AsyncDisposable {
  readonly folder = temporaryFolder();
  readonly compose = new FakeCompose();
  readonly #path = this.folder.path("test.sock");
  readonly #client = Deno.createHttpClient({ proxy: { transport: "unix", path: this.#path } });
  server!: Server;

  /** Serves an engine. */
  static async open(engine: FakeEngine): Promise<Served> {
    const served = new Served();
    const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
    const config = testConfig([host], { listen: { host: "127.0.0.1", port: 0, socket: served.#path } });
    const { compose } = served;
    served.server = await serve(config, { times: QUICK, openEngine: () => engine, compose });
    return served;
  }

  /** A request; a body that is no text is sent as JSON. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await fetch(`http://localhost${path}`, {
      client: this.#client,
      method,
      headers: { ...body === undefined ? {} : { "content-type": "application/json" }, ...headers },
      ...body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) },
    });
    return await toAnswer(answer);
  }

  /** The patterns of all paths that are to be described, as the refusal of another one names them. */
  async paths(): Promise<string[]> {
    const { status, body } = await this.ask("GET", "/no/such/path");
    assertEquals(status, 404);
    const named = /: try (.+)$/.exec(body.detail)?.[1]?.split(", ") ?? [];
    assert(PAGE.every((path) => named.includes(path)), body.detail);
    return named.filter((path) => !PAGE.includes(path)).sort();
  }

  /** The methods of a path, as the refusal of another one names them. */
  async methods(pattern: string): Promise<string[]> {
    const { status, headers } = await this.ask("PATCH", filled(pattern));
    assertEquals(status, 405, pattern);
    return (headers.get("allow") ?? "").split(", ").filter((method) => method !== "HEAD").sort();
  }

  /** The options of a method, or of a socket, as the refusal of another one names them. */
  async options(method: string, pattern: string, more = "", upgrade = false): Promise<string[]> {
    const headers = upgrade ? HALF_AN_UPGRADE : {};
    const { status, body } = await this.ask(
      method,
      `${filled(pattern)}?${more}nonsense=1`,
      undefined,
      headers,
    );
    // A health check is answered whatever is written behind it.
    if (pattern === "/healthz" && status === 200) return [];
    assertEquals(status, 400, `${method} ${pattern}`);
    const message = body.errors.find(({ path }: { path: string }) => path === "nonsense").message;
    return (/allowed are (.+)$/.exec(message)?.[1]?.split(", ") ?? []).sort();
  }

  /** Whether a path can become a socket: then it is the handshake that is refused. */
  async isSocket(pattern: string): Promise<boolean> {
    const { body } = await this.ask("GET", filled(pattern), undefined, HALF_AN_UPGRADE);
    return /^Cannot open a WebSocket/.test(body?.detail ?? "");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.server[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

/** A whole answer. */
export async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const body = /[/+]json$/.test(type) ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, type, text, body };
}

/** A path that fits a pattern. */
export function filled(pattern: string): string {
  return pattern.replace("{id}", "1").replace("{hostId}", "Localhost").replace("{project}", "byhand");
}
