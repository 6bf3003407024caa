/** Tests with bytes that no proper client or engine sends, on real connections, and with known attacks. */
import fc from "fast-check";
import { openEngine } from "../../server/docker/docker_engine.ts";
import { Feed } from "../../server/stats/feed.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { rawConnection, serveEngines, TestClient, upgradeRequest } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";
import { QUICK } from "../fakes/times.ts";

const SEED = 20_260_801;

async function assertHealthy(url: string): Promise<void> {
  const answer = await fetch(`${url}/healthz`);
  assertEquals([answer.status, await answer.json()], [200, { status: "ok" }]);
}

/** Sends bytes and returns the first part of the response. */
async function send(url: string, ...parts: readonly Uint8Array[]): Promise<string> {
  using connection = await rawConnection(url);
  try {
    for (const part of parts) await connection.write(part);
    await connection.closeWrite();
    const buffer = new Uint8Array(4096);
    return new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
  } catch (error) {
    // The server may reset the connection while it still receives; that is a refusal too.
    assert(error instanceof Error);
    return "";
  }
}

Deno.test("300 connections with random bytes", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  const line = fc.constantFrom(
    "GET / HTTP/1.1\r\n",
    "GET /docker/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  );
  const text = fc.string({ unit: "binary", maxLength: 80 }).map((text) =>
    new TextEncoder().encode(text.toWellFormed())
  );
  const piece = fc.oneof(
    line.map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 80 }),
    text,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 4 }), async (pieces) => {
      const answer = await send(server.url, ...pieces);
      assert(!/^HTTP\/1.1 5/.test(answer), answer);
    }),
    { numRuns: 300, seed: SEED },
  );
  await assertHealthy(server.url);
});

Deno.test("300 sockets with random frames that disconnect without closing", async () => {
  const engines = { Localhost: new FakeEngine(fakeContainer("web")) };
  // Disconnected sockets must not count against the limit.
  await using server = await serveEngines(engines, {}, { sockets: 200, socketsWithoutToken: 100 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), async (frames) => {
      await send(server.url, upgradeRequest("/docker/stats"), ...frames);
    }),
    { numRuns: 300, seed: SEED },
  );
  await assertHealthy(server.url);
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("numbers", ({ name }) => name === "web");
});

const nonsense = fc.oneof(
  fc.json(),
  fc.string({ unit: "binary", maxLength: 100 }),
  fc.constantFrom("null", "[]", "[null]", '{"message":5}', "", "[", '{"Id":"x"}', '[{"Id":null}]'),
);

Deno.test("150 engines with random answers neither end the process nor corrupt messages", async () => {
  const status = fc.constantFrom(200, 200, 200, 204, 301, 400, 404, 500);
  await fc.assert(
    fc.asyncProperty(fc.array(nonsense, { minLength: 5, maxLength: 5 }), status, async (texts, status) => {
      const body = (index: number) => status === 204 ? null : texts[index]!.toWellFormed();
      const answer = (index: number) => () => new Response(body(index), { status });
      const answers = {
        "/info": answer(0),
        "/containers/json": answer(1),
        [`/containers/${idOf("a")}/json`]: answer(2),
        [`/containers/${idOf("a")}/stats`]: answer(3),
        "/events": answer(4),
      };
      await using fake = startHttpEngine({ answers });
      await using feed = new Feed([{ id: "x", engine: openEngine({ url: fake.url }) }], {
        keepMs: 1000,
        times: QUICK,
      });
      await eventually("an answer", () => feed.reports()[0]?.state !== "connecting");
      for (const update of feed.newest({ intervalMs: 1000 })) JSON.parse(update.json(true));
    }),
    { numRuns: 150, seed: SEED },
  );
});

const ATTACKS: readonly (readonly [name: string, request: string, status: RegExp])[] = [
  ["cross-site WebSocket hijacking", handshake({ Origin: "https://evil.example" }), /^HTTP\/1.1 403/],
  ["hijacking from a sandboxed frame", handshake({ Origin: "null" }), /^HTTP\/1.1 403/],
  ["DNS rebinding", handshake({ Host: "rebound.evil.example" }), /^HTTP\/1.1 421/],
  ["rebinding with a port", handshake({ Host: "evil.example:9876" }), /^HTTP\/1.1 421/],
  ["a request without a host name", "GET /docker/stats HTTP/1.1\r\n\r\n", /^HTTP\/1.1 4|^$/],
  ["traversal in the path", get("/docker/../../../etc/passwd"), /^HTTP\/1.1 400/],
  ["traversal, encoded", get("/docker/%2e%2e%2fetc%2fpasswd"), /^HTTP\/1.1 400/],
  ["traversal in a container's name", get("/docker/stats?container=../../etc"), /^HTTP\/1.1 400/],
  ["traversal in a host's id", get("/docker/stats?host=..%2f..%2fetc"), /^HTTP\/1.1 400/],
  ["a header smuggled into an option", get("/docker/stats?host=a%0d%0aSet-Cookie:%20x=1"), /^HTTP\/1.1 400/],
  [
    "two lengths for one body",
    "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nabcd",
    /^HTTP\/1.1 400|^$/,
  ],
  [
    "a length beside chunks",
    "POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    /^HTTP\/1.1 4|^$/,
  ],
  [
    "an oversized body",
    "POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n",
    /^HTTP\/1.1 413/,
  ],
  [
    "oversized headers",
    `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
    /^HTTP\/1.1 400/,
  ],
  [
    "an upgrade to another protocol",
    handshake({ Upgrade: "h2c" }).replace("/docker/stats", "/healthz"),
    /^HTTP\/1.1 200/,
  ],
  ["a host name with a path", get("/healthz", "localhost/x?y="), /^HTTP\/1.1 4(00|21)/],
  ["a host name behind a user", get("/healthz", "evil.example@localhost"), /^HTTP\/1.1 4(00|21)/],
  ["an invalid host name", get("/healthz", "a b"), /^HTTP\/1.1 4(00|21)/],
  ["an incomplete address", get("/healthz", "[::1"), /^HTTP\/1.1 4(00|21)/],
  ["an upgrade without a Connection header", handshake({ Connection: "close" }), /^HTTP\/1.1 400/],
  ["an upgrade with HEAD", handshake({}).replace("GET", "HEAD"), /^HTTP\/1.1 200|^$/],
  ["a token in the wrong place", get("/docker/stats?token=x"), /^HTTP\/1.1 400/],
  ["an unknown method", "TRACE /docker/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", /^HTTP\/1.1 405/],
  [
    "a request to a proxy",
    "GET http://evil.example/docker/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    /^HTTP\/1.1 4(21|00)/,
  ],
  [
    "an address with another port than Host",
    "GET http://127.0.0.1:1/docker/stats HTTP/1.1\r\nHost: 127.0.0.1:2\r\nOrigin: http://127.0.0.1:1\r\n\r\n",
    /^HTTP\/1.1 421/,
  ],
  ["CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", /^HTTP\/1.1 4/],
];

for (const [name, request, status] of ATTACKS) {
  Deno.test(`attack: ${name}`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
    const answer = await send(server.url, new TextEncoder().encode(request));
    assert(status.test(answer), answer);
    await assertHealthy(server.url);
  });
}

function handshake(headers: Readonly<Record<string, string>>): string {
  return new TextDecoder().decode(upgradeRequest("/docker/stats", headers));
}

function get(path: string, host = "127.0.0.1"): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
}
