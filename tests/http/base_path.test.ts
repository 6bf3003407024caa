/** The base path, as a function and as served. */
import { connect } from "../../server/connect.ts";
import { placeOf, withBaseLocation } from "../../server/http/base_path.ts";
import { serve, type Server } from "../../server/serve.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { rawConnection, testConfig, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** Returns the path that the router reads; the kind for a request that is not below it. */
function routed(path: string, basePath = "/dockstat"): string {
  const place = placeOf(new URL(`http://127.0.0.1${path}`), basePath);
  return place.kind === "below" ? place.url.pathname + place.url.search : place.kind;
}

const PLACES: readonly (readonly [path: string, place: string])[] = [
  ["/dockstat/", "/"],
  ["/dockstat/docker/stats?detail=full", "/docker/stats?detail=full"],
  ["/dockstat/dockstat/stacks", "/dockstat/stacks"],
  ["/dockstat", "edge"],
  ["/", "outside"],
  ["/stacks", "outside"],
  ["/dockstatX", "outside"],
  ["/dockstatX/stacks", "outside"],
  ["//dockstat/stacks", "outside"],
  ["/dockstat//stacks", "outside"],
  ["/Dockstat/stacks", "outside"],
  ["/%64ockstat/stacks", "outside"],
];

for (const [path, place] of PLACES) {
  Deno.test(`under a base path, ${path} is ${place}`, () => assertEquals(routed(path), place));
}

Deno.test("without a base path every path is below it", () => {
  for (const path of ["/", "//dockstat", "/dockstat"]) assertEquals(routed(path, ""), path);
});

Deno.test("a Location on this server gets the base path, another one does not", () => {
  const located = (location: string) =>
    withBaseLocation(new Response(null, { headers: { location } }), "/dockstat").headers.get("location");
  assertEquals([located("/stacks/1"), located("https://elsewhere.example/")], [
    "/dockstat/stacks/1",
    "https://elsewhere.example/",
  ]);
});

/** Serves a fake engine under `/dockstat`. */
function served(): Promise<Server> {
  const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
  const config = testConfig([host], {
    listen: { host: "127.0.0.1", port: 0, socket: undefined, basePath: "/dockstat" },
  });
  return serve(config, { times: QUICK, openEngine: () => new FakeEngine() });
}

const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

Deno.test("the printed link and the address have the base path", async () => {
  await using server = await served();
  assert(/^http:\/\/127\.0\.0\.1:\d+\/dockstat$/.test(server.url));
  assertEquals(server.link, `${server.url}/#token=${TOKEN}`);
});

Deno.test("the base path without its slash redirects to the page, whatever headers say", async () => {
  await using server = await served();
  const headers = { "x-forwarded-prefix": "/evil", "x-forwarded-host": "evil.example", ...AUTHORIZED };
  const answer = await fetch(server.url, { redirect: "manual", headers });
  await answer.body?.cancel();
  assertEquals([answer.status, answer.headers.get("location")], [308, "/dockstat/"]);
});

Deno.test("a new session has an address below the base path, and ends within 12 hours", async () => {
  await using server = await served();
  const answer = await fetch(`${server.url}/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: TOKEN }),
  });
  const { expires_at } = await answer.json();
  assertStringIncludes(answer.headers.get("location") ?? "", "/dockstat/sessions/");
  assert(Date.parse(expires_at) - Date.now() <= 12 * 3_600_000);
});

Deno.test("a download has an address below the base path", async () => {
  await using server = await served();
  const answer = await fetch(`${server.url}/downloads`, {
    method: "POST",
    headers: { "content-type": "application/json", ...AUTHORIZED },
    body: JSON.stringify({ path: "/logs" }),
  });
  const { url } = await answer.json();
  assertStringIncludes(url, "/dockstat/downloads/");
  const saved = await fetch(new URL(url, server.url));
  await saved.body?.cancel();
  assertEquals(saved.status, 200);
});

Deno.test("sockets open below the base path", async () => {
  await using server = await served();
  const stop = new AbortController();
  for await (
    const frame of connect(server.url, "/docker/stats", { greeting: true, signal: stop.signal })
  ) {
    assertEquals(frame, { message: "Connection established" });
    stop.abort();
  }
});

Deno.test("both API descriptions name the base path", async () => {
  await using server = await served();
  const http = await (await fetch(`${server.url}/openapi.json`)).json();
  const sockets = await (await fetch(`${server.url}/asyncapi.json`)).json();
  assertEquals([http.servers[0].url, sockets.servers.here.pathname], ["/dockstat", "/dockstat"]);
});

Deno.test("outside the base path only /healthz answers, and the refusal names the base path", async () => {
  await using server = await served();
  const { origin } = new URL(server.url);
  assertEquals(await (await fetch(`${origin}/healthz`)).json(), { status: "ok" });
  for (const path of ["/", "/docker/stats", "/dockstatX/docker/stats", "/dockstat//docker/stats"]) {
    const answer = await fetch(origin + path);
    const { detail } = await answer.json();
    assertEquals([path, answer.status], [path, 404]);
    assertStringIncludes(detail, "DockStat is at /dockstat/");
  }
});

Deno.test("paths that have two readings are refused below the base path too", async () => {
  await using server = await served();
  for (const path of ["/dockstat/..%2fstacks", "/dockstat/../stacks", "/dockstat/%2e%2e/stacks"]) {
    using connection = await rawConnection(server.url);
    await connection.write(
      new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
    );
    const [status] = (await new Response(connection.readable).text()).split("\r\n", 1);
    assertStringIncludes(status ?? "", "400", path);
  }
});

Deno.test("a path outside the base path opens nothing that needs the token", async () => {
  await using server = await served();
  const { origin } = new URL(server.url);
  const inside = await fetch(`${server.url}/sessions`);
  const outside = await fetch(`${origin}/sessions`, { headers: AUTHORIZED });
  await Promise.all([inside.body?.cancel(), outside.body?.cancel()]);
  assertEquals([inside.status, outside.status], [401, 404]);
});

Deno.test("wrong tokens count when signing in below the base path", async () => {
  await using server = await served();
  const attempt = async () => {
    const answer = await fetch(`${server.url}/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: "wrong-wrong-wrong" }),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const statuses = [];
  for (let count = 0; count < 11; count++) statuses.push(await attempt());
  assertEquals([statuses[0], statuses[10]], [401, 429]);
});
