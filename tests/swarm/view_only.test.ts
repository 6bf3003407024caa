/** A node of a swarm that is view only is read, and one with verified TLS is changed. */
import { serve, type Server } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { request } from "../stacks/client.ts";

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

Deno.test("a view-only host is read", async () => {
  await using it = await serveNode(new FakeEngine(fakeContainer("web")), true);
  assertEquals((await request(it.url, "DELETE", "/containers/node/web?dryRun=1")).status, 200);
});

Deno.test("a node with verified TLS is changed", async () => {
  await using it = await serveNode(new FakeEngine(fakeContainer("web")), false);
  assertEquals((await request(it.url, "POST", "/containers/node/web/restart?wait=1")).status, 200);
});
