/** Changes on a node of a swarm that is view only are refused before they start. */
import { serve, type Server } from "../../server/serve.ts";
import { assertEquals, assertMatch, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { COMPOSE, request } from "../stacks/client.ts";

const WHY = /host "node" is a node of a swarm that is view only, as its connection has no verified TLS$/;

/** Serves one host that is a node of a swarm. */
async function serveNode(engine: FakeEngine, viewOnly: boolean): Promise<Server> {
  const host = { kind: "docker", id: "node", endpoint: { url: "tcp://192.0.2.7:2375" } } as const;
  const server = await serve(testConfig([{ ...host, node: { id: "n1", viewOnly } }]), {
    times: QUICK,
    openEngine: () => engine,
    compose: new FakeCompose(),
  });
  await eventually(
    "the host",
    async () => (await request(server.url, "GET", "/docker/hosts")).body[0].state === "up",
  );
  return server;
}

Deno.test("every change on a view-only host is refused with 403 and the reason, and starts no operation", async () => {
  const engine = new FakeEngine(fakeContainer("web", { project: "shop", service: "web" }));
  await using it = await serveNode(engine, true);
  const changes: readonly (readonly [method: string, path: string, body?: unknown])[] = [
    ["POST", "/containers/node/web/restart"],
    ["DELETE", "/containers/node/web?force=1"],
    ["PATCH", "/containers/node/web", { cpus: 1 }],
    ["POST", "/projects/node/shop/stop"],
    ["POST", "/stacks", { name: "new", compose: COMPOSE, hostId: "node" }],
    ["POST", "/stacks/adopt", { project: "shop", hostId: "node" }],
    ["DELETE", "/images/node/busybox:1"],
    ["POST", "/prune", { hostId: "node", kinds: ["image"], dryRun: false, digest: "x" }],
    ["GET", "/containers/node/web/terminal"],
  ];
  for (const [method, path, body] of changes) {
    const { status, body: { detail } } = await request(it.url, method, path, body);
    assertEquals([method, path, status], [method, path, 403], detail);
    assertMatch(detail, WHY);
  }
  assertEquals((await request(it.url, "GET", "/operations")).body, []);
  assertEquals(engine.sent.filter(({ method }) => method !== "GET"), []);
});

Deno.test("a view-only host is read", async () => {
  await using it = await serveNode(new FakeEngine(fakeContainer("web")), true);
  assertEquals((await request(it.url, "DELETE", "/containers/node/web?dryRun=1")).status, 200);
});

Deno.test("a node with verified TLS is changed", async () => {
  await using it = await serveNode(new FakeEngine(fakeContainer("web")), false);
  assertEquals((await request(it.url, "POST", "/containers/node/web/restart?wait=1")).status, 200);
});
