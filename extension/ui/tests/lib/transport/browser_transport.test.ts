import { assert, assertEquals, assertRejects, eventually } from "../../../../../tests/assert.ts";
import { BrowserTransport } from "../../../src/lib/transport/browser_transport.ts";
import { Refusal, Unreachable } from "../../../src/lib/transport/transport.ts";
import { Session } from "../../../src/lib/session.ts";
import { FakeListener } from "../../fakes/channel_listener.ts";
import { serve, type TestServer } from "../../fakes/server.ts";

const PROBLEM = { type: "about:blank", title: "Conflict", status: 409, detail: "Stack 12 is busy" };

/** Transport without a session. */
function transportTo({ base }: Pick<TestServer, "base">): BrowserTransport {
  return new BrowserTransport(base, new Session(undefined));
}

Deno.test("a request without a body is a plain GET", async () => {
  await using server = serve(() => Response.json([1]));
  assertEquals(await transportTo(server).ask("/docker/hosts"), [1]);
  const [request] = server.requests;
  assertEquals([request!.method, request!.url], ["GET", `${server.base}docker/hosts`]);
  assertEquals(request!.headers.get("content-type"), null);
});

Deno.test("a body is sent as JSON", async () => {
  const bodies: unknown[] = [];
  await using server = serve(async (request) => {
    bodies.push([request.method, request.headers.get("content-type"), await request.json()]);
    return Response.json({ stack_id: 4 }, { status: 201 });
  });
  const made = await transportTo(server).ask("/stacks", {
    method: "POST",
    body: { name: "a" },
  });
  assertEquals(made, { stack_id: 4 });
  assertEquals(bodies, [["POST", "application/json", { name: "a" }]]);
});

Deno.test("names such as __proto__ in an answer stay data", async () => {
  await using server = serve(() => new Response('{"labels":{"__proto__":"x"}}'));
  const { labels } = await transportTo(server).ask<{ labels: object }>("/about");
  assertEquals(Object.keys(labels), ["__proto__"]);
  assertEquals(Object.getPrototypeOf(labels), Object.prototype);
});

Deno.test("an answer without a body is undefined", async () => {
  await using server = serve(() => new Response(null, { status: 204 }));
  assertEquals(await transportTo(server).ask("/stacks/1/cancel"), undefined);
});

Deno.test("requests of a page under a path are relative to it", async () => {
  await using server = serve(() => Response.json([]));
  await new BrowserTransport(`${server.base}dockstat/`, new Session(undefined)).ask("/stacks?a=1");
  assertEquals(server.requests.map(({ url }) => url), [`${server.base}dockstat/stacks?a=1`]);
});

Deno.test("converts a problem document to a refusal with the server's message", async () => {
  await using server = serve(() => Response.json(PROBLEM, { status: 409 }));
  const refusal = await assertRejects(() => transportTo(server).ask("/stacks"), Refusal);
  assertEquals([refusal.message, refusal.problem.status], [PROBLEM.detail, 409]);
});

Deno.test("reports a proxy's error page as an unreachable server", async () => {
  await using server = serve(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  const error = await assertRejects(() => transportTo(server).ask("/stacks"), Unreachable);
  assert(error.message.includes("502"));
});

Deno.test("reports the origin of an unreachable server", async () => {
  const server = serve(() => Response.json({}));
  await server[Symbol.asyncDispose]();
  const transport = transportTo(server);
  const error = await assertRejects(() => transport.ask("/stacks"), Unreachable);
  assert(error.message.includes(new URL(server.base).origin));
});

Deno.test("an aborted request is not reported as unreachable", async () => {
  const stop = new AbortController();
  const release = Promise.withResolvers<void>();
  await using server = serve(async () => {
    stop.abort();
    await release.promise;
    return Response.json({});
  });
  const error = await assertRejects(
    () => transportTo(server).ask("/stacks", { signal: stop.signal }),
    DOMException,
  );
  assertEquals(error.name, "AbortError");
  release.resolve();
});

Deno.test("opens a socket on the same server with DockStat's protocol", async () => {
  await using server = serve((request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "dockstat.v1" });
    socket.onopen = () => {
      socket.send("hello");
      socket.close();
    };
    return response;
  });
  const listener = new FakeListener();
  transportTo(server).open("/docker/stats?batch=1", listener);
  await eventually("the end", () => listener.ends.length > 0);
  assertEquals(listener.received, ["opened"]);
  assertEquals(server.requests.map(({ url }) => url), [`${server.base}docker/stats?batch=1`]);
});

Deno.test("uses TLS for the sockets of an HTTPS page", () => {
  const opened: string[] = [];
  const { WebSocket } = globalThis;
  class Recorder extends EventTarget {
    constructor(url: string) {
      super();
      opened.push(url);
    }
    close(): void {}
  }
  Object.assign(globalThis, { WebSocket: Recorder });
  try {
    new BrowserTransport("https://nas.example/dockstat/", new Session(undefined)).open(
      "/stacks",
      new FakeListener(),
    );
  } finally {
    Object.assign(globalThis, { WebSocket });
  }
  assertEquals(opened, ["wss://nas.example/dockstat/stacks"]);
});

Deno.test("the description for diagnostics has the address without its query", () => {
  const transport = new BrowserTransport("http://127.0.0.1:9876/?token=secret", new Session(undefined));
  assertEquals(Object.values(transport.describe()), ["browser", "http://127.0.0.1:9876"]);
});

Deno.test("sends and reads a file byte for byte", async () => {
  const bytes = new Uint8Array([0, 255, 10, 123]);
  const received: unknown[] = [];
  await using server = serve(async (request) => {
    if (request.method === "GET") return new Response(bytes);
    received.push(request.headers.get("content-type"), new Uint8Array(await request.arrayBuffer()));
    return Response.json({ path: "a.bin" }, { status: 201 });
  });
  const transport = transportTo(server);
  assertEquals(await transport.ask("/stacks/1/files/a.bin", { method: "PUT", bytes }), { path: "a.bin" });
  assertEquals(received, ["application/octet-stream", bytes]);
  assertEquals(await transport.read("/stacks/1/files/a.bin"), bytes);
});

Deno.test("refuses to read a file with the server's message", async () => {
  await using server = serve(() => Response.json(PROBLEM, { status: 409 }));
  const refusal = await assertRejects(() => transportTo(server).read("/stacks/1/files/a"), Refusal);
  assertEquals(refusal.message, PROBLEM.detail);
});
