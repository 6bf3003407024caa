/** A server on which every path can be reached, and the paths and options that it reports. */
import { Router } from "../../server/http/router.ts";
import { serve, type Server } from "../../server/serve.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { FakeDockerStack } from "../swarm/fake_docker_stack.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { FakeRemotes } from "../git/fake_remotes.ts";
import { QUICK } from "../fakes/times.ts";

/** Parsed JSON. */
// deno-lint-ignore no-explicit-any -- documents and responses of any shape; tests check individual keys
export type Json = any;

/** Response of a server. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed body; `undefined` unless it is JSON. */
  readonly body: Json;
}

/** Paths of the dashboard, which are not described because they are for browsers. */
const PAGE = [
  ...["/", "/assets/{name}", "/icon.svg", "/icon-192.png", "/icon-512.png", "/icon-maskable-512.png"],
  ...["/manifest.webmanifest", "/sw.js"],
];
/** Headers of an upgrade whose key is invalid, which the server checks last. */
const HALF_AN_UPGRADE = { connection: "upgrade", upgrade: "websocket", "sec-websocket-key": "none" };

/** A server with a fake engine and a fake Compose, used through its Unix socket, which serves every path. */
export class Served implements AsyncDisposable {
  readonly folder = temporaryFolder();
  readonly compose = new FakeCompose();
  readonly remotes = new FakeRemotes({ "compose.yaml": "services:\n  web:\n    image: busybox:1\n" });
  readonly #path = this.folder.path("test.sock");
  readonly #client = Deno.createHttpClient({ proxy: { transport: "unix", path: this.#path } });
  server!: Server;

  /** Starts a server for an engine. */
  static async open(engine: FakeEngine): Promise<Served> {
    const served = new Served();
    const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
    const config = testConfig([host], { listen: { host: "127.0.0.1", port: 0, socket: served.#path } });
    const { compose, remotes } = served;
    const openEngine = ({ id }: { readonly id: string }) => id === host.id ? engine : new FakeEngine();
    served.server = await serve(config, {
      times: QUICK,
      openEngine,
      compose,
      remotes,
      dockerStack: new FakeDockerStack(),
      swarm: { everyMs: 1 },
    });
    return served;
  }

  /** Sends a request; a body that is not a string is sent as JSON. */
  async request(
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

  /** Lists the patterns of all paths that must be described, as the router knows them. */
  async paths(): Promise<string[]> {
    const { missing } = Router.prototype;
    let known: string[] = [];
    Router.prototype.missing = function (...request) {
      known = Object.keys(this.paths);
      return missing.apply(this, request);
    };
    using _original = { [Symbol.dispose]: () => void (Router.prototype.missing = missing) };
    const { status } = await this.request("GET", "/no/such/path");
    assertEquals(status, 404);
    assert(PAGE.every((path) => known.includes(path)), known.join());
    return known.filter((path) => !PAGE.includes(path)).sort();
  }

  /** Lists the methods of a path, as named in the refusal of another method. */
  async methods(pattern: string): Promise<string[]> {
    const { status, headers } = await this.request("PROPFIND", filled(pattern));
    assertEquals(status, 405, pattern);
    return (headers.get("allow") ?? "").split(", ").filter((method) => method !== "HEAD").sort();
  }

  /** Lists the options of a method, or of a socket, as named in the refusal of an unknown option. */
  async options(method: string, pattern: string, more = "", upgrade = false): Promise<string[]> {
    const headers = upgrade ? HALF_AN_UPGRADE : {};
    const { status, body } = await this.request(
      method,
      `${filled(pattern)}?${more}nonsense=1`,
      undefined,
      headers,
    );
    // A health check ignores options.
    if (pattern === "/healthz" && status === 200) return [];
    assertEquals(status, 400, `${method} ${pattern}`);
    const message = body.errors.find(({ path }: { path: string }) => path === "nonsense").message;
    return (/allowed are (.+)$/.exec(message)?.[1]?.split(", ") ?? []).sort();
  }

  /** Returns whether a path can become a socket, in which case the handshake is refused. */
  async isSocket(pattern: string): Promise<boolean> {
    const answer = await eventually("the host", async () => {
      const { status, body } = await this.request("GET", filled(pattern), undefined, HALF_AN_UPGRADE);
      return status === 503 ? undefined : { isSocket: /^Cannot open a WebSocket/.test(body?.detail ?? "") };
    });
    return answer.isSocket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.server[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

/** Reads a response completely. */
export async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const body = /[/+]json$/.test(type) ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, type, text, body };
}

/** Fills the placeholders of a path pattern. */
export function filled(pattern: string): string {
  return pattern.replace("{hostId}/{id}", "Localhost/web").replace("{id}", "1").replace(
    "{hostId}",
    "Localhost",
  ).replace("{project}", "byhand")
    .replace("{service}", "web").replace("{version}", "1").replace("{path}", "conf/app.env");
}
