/** A server as Docker Desktop runs it, with a client of its Unix socket. */
import type * as v from "valibot";
import type { Session } from "../../server/protocol/session.ts";
import { serve, type Server } from "../../server/serve.ts";
import { TestClient, testConfig } from "../client.ts";
import { fakeContainer, FakeEngine } from "./engine.ts";
import { temporaryFolder } from "./folder.ts";
import { QUICK } from "./times.ts";

const HOST = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };

/** A server with a Unix socket, and a client of that socket. */
export class Desktop implements AsyncDisposable {
  readonly #folder = temporaryFolder({});
  readonly path: string = this.#folder.path("backend.sock");
  readonly #client = Deno.createHttpClient({ proxy: { transport: "unix", path: this.path } });
  server!: Server;

  /** Starts the server; `ticketMs` is the lifetime of its tickets. */
  static async open(ticketMs?: number): Promise<Desktop> {
    const desktop = new Desktop();
    const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket: desktop.path } });
    desktop.server = await serve(config, {
      times: QUICK,
      openEngine: () => new FakeEngine(fakeContainer("web")),
      ...ticketMs === undefined ? {} : { ticketMs },
    });
    return desktop;
  }

  /** Sends a request over the Unix socket: a GET, or a POST with a body. */
  request(path: string, body?: unknown): Promise<Response> {
    return fetch(`http://localhost${path}`, {
      client: this.#client,
      ...body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
    });
  }

  /** Requests a ticket for a page of an origin. */
  async session(origin = "file://"): Promise<v.InferOutput<typeof Session>> {
    return await (await this.request("/session", { origin, protocol: "file:" })).json();
  }

  /** Opens a socket with a ticket, from a page of an origin. */
  socket(ticket: string, origin: string): TestClient {
    return new TestClient(this.server.url, "/docker/stats", undefined, {
      protocols: ["dockstat.v1", `ticket.${ticket}`],
      headers: { origin },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.server[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}
