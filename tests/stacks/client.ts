/** A server with a fake Compose and a fake engine, and requests to it. */
import type { Config } from "../../server/config/config.ts";
import { serve, type ServeOptions, type Server } from "../../server/serve.ts";
import { eventually } from "../assert.ts";
import { TestClient, testConfig, TOKEN } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** Response of a server. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- responses of any shape; tests check individual keys
  readonly body: any;
}

/** Default compose text of stacks. */
export const COMPOSE = "services:\n  web:\n    image: busybox:1\n";

/** A running server, its fakes, and requests to it. */
export interface ServedStacks extends AsyncDisposable {
  readonly server: Server;
  readonly compose: FakeCompose;
  readonly engine: FakeEngine;
  /** Sends a request with the token. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Creates a stack and returns its id. */
  readonly create: (name: string, more?: object) => Promise<number>;
}

/** Starts a server with a fake Compose and a fake engine. */
export async function serveStacks(
  { compose = new FakeCompose(), engine = new FakeEngine(), changes = {}, options = {} }: {
    readonly compose?: FakeCompose;
    readonly engine?: FakeEngine;
    readonly changes?: Partial<Config>;
    readonly options?: ServeOptions;
  } = {},
): Promise<ServedStacks> {
  const hosts = [{ kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } }];
  compose.engine = engine;
  const server = await serve(testConfig(hosts, changes), {
    times: QUICK,
    openEngine: () => engine,
    compose,
    ...options,
  });
  await eventually("the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "up";
  });
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  const create = async (name: string, more: object = {}) =>
    (await call("POST", "/stacks", { name, compose: COMPOSE, ...more })).body.stack_id as number;
  return {
    server,
    compose,
    engine,
    call,
    create,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Sends a request with the token. */
export async function request(url: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...body === undefined ? {} : { "content-type": "application/json" },
    },
    ...body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** Opens `/stacks` with the token by default, and waits for the greeting. */
export async function watch(url: string, query = "", token: string | undefined = TOKEN): Promise<TestClient> {
  const client = new TestClient(url, `/stacks${query}`, token);
  await client.frame("the greeting", ({ message }) => message === "Connection established");
  return client;
}
