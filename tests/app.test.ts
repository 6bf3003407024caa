import * as v from "valibot";
import { HostReport } from "../server/protocol/hosts.ts";
import { Problem } from "../server/protocol/problem.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "./assert.ts";
import { rawConnection, serveEngines, upgradeRequest } from "./client.ts";
import { fakeContainer, FakeEngine } from "./fakes/engine.ts";

Deno.test("GET /healthz returns the status ok only", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const answer = await fetch(`${server.url}/healthz`);
  assertEquals([answer.status, await answer.json()], [200, { status: "ok" }]);
});

Deno.test("GET /docker/hosts reports state and engine of each host", async () => {
  const down = new FakeEngine();
  down.failure = "connect ENOENT /var/run/docker.sock";
  await using server = await serveEngines({ up: new FakeEngine(fakeContainer("web")), down });
  const hosts = await eventually("both hosts", async () => {
    const hosts: { state: string }[] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return hosts.every(({ state }) => state !== "connecting") && hosts;
  });
  assert(v.is(v.array(HostReport), hosts));
  const [one, other] = hosts;
  assertEquals([one?.state, one?.engine, one?.containers, one?.error], ["up", "Fake 1.0", 1, null]);
  assertEquals([other?.state, other?.engine, other?.error], [
    "down",
    null,
    "connect ENOENT /var/run/docker.sock",
  ]);
});

const REFUSALS:
  readonly (readonly [what: string, path: string, init: RequestInit, status: number, detail: string])[] = [
    ["an unknown path", "/docker", {}, 404, 'Nothing exists at "/docker"'],
    ["another method", "/docker/hosts", { method: "DELETE" }, 405, "allowed are GET and HEAD"],
    ["an option on a path without options", "/docker/hosts?a=1", {}, 400, "none is allowed here"],
    [
      "another origin",
      "/docker/stats",
      { headers: { origin: "https://evil.example" } },
      403,
      "https://evil.example",
    ],
    ["a null origin", "/docker/stats", { headers: { origin: "null" } }, 403, '"null"'],
  ];

for (const [what, path, init, status, detail] of REFUSALS) {
  Deno.test(`${what} is refused with ${status} and a problem document`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine() });
    const answer = await fetch(server.url + path, init);
    const problem = await answer.json();
    assertEquals([answer.status, answer.headers.get("content-type")], [status, "application/problem+json"]);
    assert(v.is(Problem, problem));
    assertStringIncludes(problem.detail, detail);
  });
}

Deno.test("a request for a foreign host name is refused with 421", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  using connection = await rawConnection(server.url);
  await connection.write(upgradeRequest("/docker/stats", { Host: "evil.example" }));
  const text = await firstBytes(connection);
  assertStringIncludes(text, "HTTP/1.1 421");
  assertStringIncludes(text, "application/problem+json");
});

Deno.test("a response with 405 names the allowed methods", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const answer = await fetch(`${server.url}/healthz`, { method: "POST", body: "{}" });
  await answer.body?.cancel();
  assertEquals(answer.headers.get("allow"), "GET, HEAD");
});

Deno.test("HEAD returns the headers of GET, without a body", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const answer = await fetch(`${server.url}/healthz`, { method: "HEAD" });
  assertEquals([answer.status, await answer.text()], [200, ""]);
});

const HANDSHAKES: readonly (readonly [string, Record<string, string>])[] = [
  ["without a proper key", { "Sec-WebSocket-Key": "short" }],
  ["of another version", { "Sec-WebSocket-Version": "8" }],
];

for (const [what, headers] of HANDSHAKES) {
  Deno.test(`a handshake ${what} is refused with 400`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine() });
    using connection = await rawConnection(server.url);
    await connection.write(upgradeRequest("/docker/stats", headers));
    assertStringIncludes(await firstBytes(connection), "HTTP/1.1 400");
  });
}

async function firstBytes(connection: Deno.TcpConn): Promise<string> {
  const buffer = new Uint8Array(4096);
  return new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
}

Deno.test("every response carries the security headers", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const path of ["/", "/healthz", "/docker/stats", "/no/such/path", "/stacks/1/compose"]) {
    const { headers, body } = await fetch(server.url + path);
    await body?.cancel();
    for (
      const [name, value] of [
        ["x-content-type-options", "nosniff"],
        ["cross-origin-resource-policy", "same-origin"],
        ["cross-origin-opener-policy", "same-origin"],
        ["referrer-policy", "no-referrer"],
      ]
    ) assertEquals(headers.get(name!), value, `${path} ${name}`);
    assertStringIncludes(headers.get("content-security-policy") ?? "", "default-src 'none'", path);
  }
});
