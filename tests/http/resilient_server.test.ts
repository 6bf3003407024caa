/** Tests for a server whose accept loop fails. */
import { ResilientServer } from "../../server/http/resilient_server.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { TestClient } from "../client.ts";
import { startProgram } from "../program.ts";

const TIMES = { retryMs: 1, maxRetryMs: 1, calmMs: 10_000, goodbyeMs: 1000 };

/** A server whose accept loop fails on demand. */
class FakeServer implements Deno.HttpServer<Deno.NetAddr> {
  readonly addr: Deno.NetAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1 };
  readonly #finished = Promise.withResolvers<void>();
  readonly finished = this.#finished.promise;
  closed = false;

  fail(): void {
    this.#finished.reject(new Error("Too many open files (os error 24)"));
  }

  shutdown(): Promise<void> {
    this.closed = true;
    this.#finished.resolve();
    return Promise.resolve();
  }

  ref(): void {}
  unref(): void {}
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }
}

function serverOf(limit: number, hasSockets = true) {
  const started: FakeServer[] = [];
  const start = (onSocket: () => void) => {
    if (started.length >= limit) throw new Error("Too many open files (os error 24)");
    const server = new FakeServer();
    started.push(server);
    if (hasSockets) onSocket();
    return server;
  };
  return { started, server: new ResilientServer(start, TIMES), raise: (to: number) => limit = to };
}

Deno.test("listens again after its accept loop has failed, and keeps open WebSockets", async () => {
  const { started, server } = serverOf(2);
  await using _server = server;
  started[0]!.fail();
  await eventually("the second server", () => started.length === 2);
  assert(!started[0]!.closed);
});

Deno.test("closes the idle connections of a failed server without WebSockets", async () => {
  const { started, server } = serverOf(2, false);
  await using _server = server;
  started[0]!.fail();
  await eventually("the second server", () => started.length === 2);
  assert(started[0]!.closed);
});

Deno.test("retries until it can listen", async () => {
  const { started, server, raise } = serverOf(1);
  await using _server = server;
  started[0]!.fail();
  raise(2);
  await eventually("the second server", () => started.length === 2);
});

Deno.test("closes earlier connections when descriptors stay exhausted", async () => {
  const { started, server } = serverOf(Infinity);
  await using _server = server;
  for (let failures = 1; failures <= 10; failures++) {
    started.at(-1)!.fail();
    await eventually(`restart ${failures}`, () => started.length === failures + 1);
  }
  assertEquals(started.map(({ closed }) => closed), [...Array(10).fill(true), false]);
});

Deno.test("a disposed server closes every connection and starts no new server", async () => {
  const { started, server } = serverOf(Infinity);
  started[0]!.fail();
  await eventually("the second server", () => started.length === 2);
  await server[Symbol.asyncDispose]();
  assertEquals(started.map(({ closed }) => closed), [true, true]);
});

/** Limit of file descriptors of the server. */
const DESCRIPTORS = 64;

Deno.test({
  name: "more connections than file descriptors end neither the server nor its open sockets",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using server = startProgram(["serve", "--demo", "2", "--port", "0"], {}, ["-A"], DESCRIPTORS);
    const url = await server.url();
    await using viewer = new TestClient(url, "/docker/stats");
    await viewer.frame("a sample", ({ state }) => state === "running");
    const connections = await Promise.allSettled(Array.from({ length: 2 * DESCRIPTORS }, () => connect(url)));
    await server.logged("Cannot accept connections");
    const seen = viewer.frames.length;
    await eventually("the next samples", () => viewer.frames.length > seen);
    for (const connection of connections) if (connection.status === "fulfilled") connection.value.close();
    const health = () => fetch(`${url}/healthz`).then((answer) => answer.json()).catch(() => undefined);
    assertEquals(await eventually("an answer", health), { status: "ok" });
    server.kill("SIGTERM");
    assertEquals(await server.status, 0);
  },
});

Deno.test({
  name: "idle connections beyond the limit do not lock clients out of a server without viewers",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using server = startProgram(["serve", "--demo", "2", "--port", "0"], {}, ["-A"], DESCRIPTORS);
    const url = await server.url();
    const connections = await Promise.allSettled(Array.from({ length: DESCRIPTORS }, () => connect(url)));
    await server.logged("Cannot accept connections");
    const health = () => fetch(`${url}/healthz`).then((answer) => answer.json()).catch(() => undefined);
    assertEquals(await eventually("an answer", health), { status: "ok" });
    for (const connection of connections) if (connection.status === "fulfilled") connection.value.close();
  },
});

function connect(url: string): Promise<Deno.Conn> {
  return Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
}
