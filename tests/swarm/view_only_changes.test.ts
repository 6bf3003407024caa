/** Every path that changes a host is refused on a view-only one before anything starts. */
import { HTTP_PATHS } from "../../server/contracts/http_paths.ts";
import { serve, type Server } from "../../server/serve.ts";
import { assertEquals, assertMatch, eventually } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { delivery } from "../git/delivery.ts";
import { FakeRemotes } from "../git/fake_remotes.ts";
import { COMPOSE, request } from "../stacks/client.ts";

const WHY = /host "node" is a node of a swarm that is view only, as its connection has no verified TLS$/;
const GIT = { url: "https://git.example.org/shop.git", branch: "main" };

/** Changes of what DockStat stores, which concern no host or leave it as it is. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "POST /hosts",
  "POST /hosts/test",
  "DELETE /hosts/{hostId}",
  "POST /token/rotate",
  "PUT /stacks/draft",
  "DELETE /stacks/draft",
  "PUT /stacks/{id}/draft",
  "DELETE /stacks/{id}/draft",
  "PUT /swarm/{hostId}/draft",
  "DELETE /swarm/{hostId}/draft",
  "PUT /swarm/{hostId}/stacks/{name}/draft",
  "DELETE /swarm/{hostId}/stacks/{name}/draft",
  "PUT /stacks/{id}/git",
  "POST /stacks/uploads",
  "POST /stacks/{id}/cancel",
  "POST /operations/{id}/cancel",
  "POST /updates/check",
]);

/** Bodies of changes that need one. */
const BODIES: Readonly<Record<string, unknown>> = {
  "PATCH /containers/{hostId}/{id}": { cpus: 1 },
  "POST /stacks": { name: "new", compose: COMPOSE, hostId: "node" },
  "POST /stacks/git": { name: "new", git: GIT, hostId: "node" },
  "POST /stacks/adopt": { project: "byhand", hostId: "node" },
  "PUT /stacks/{id}": { compose: COMPOSE },
  "PUT /stacks/{id}/files/{path}": "text",
  "POST /prune": { hostId: "node", kinds: ["image"], dryRun: false, digest: "x" },
  "POST /swarm/{hostId}/nodes/{id}/availability": { availability: "drain" },
  "POST /swarm/{hostId}/services/{id}/scale": { replicas: 1 },
  "PUT /swarm/{hostId}/stacks/{name}": { compose: COMPOSE },
};

/** The parts of a server that stay when it is started again. */
interface Scene {
  readonly engine: FakeEngine;
  readonly compose: FakeCompose;
  readonly remotes: FakeRemotes;
  readonly data: string;
}

async function serveNode({ engine, compose, remotes, data }: Scene, viewOnly: boolean): Promise<Server> {
  const host = { kind: "docker", id: "node", endpoint: { url: "tcp://192.0.2.7:2375" } } as const;
  const config = testConfig([{ ...host, node: { id: "n1", viewOnly } }], { data });
  const server = await serve(config, { times: QUICK, openEngine: () => engine, compose, remotes });
  await eventually(
    "the host",
    async () => (await request(server.url, "GET", "/docker/hosts")).body[0].state === "up",
  );
  return server;
}

/** Creates stacks on a node that becomes view only; stack 1 comes from Git. */
async function openScene(): Promise<
  { readonly scene: Scene; readonly webhook: string; readonly token: string }
> {
  const engine = new FakeEngine(fakeContainer("web", { project: "byhand", service: "web" }));
  const remotes = new FakeRemotes({ "compose.yaml": COMPOSE });
  const scene = { engine, compose: new FakeCompose(), remotes, data: testConfig([]).data };
  await using server = await serveNode(scene, false);
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  const created = await call("POST", "/stacks/git?wait=1", { name: "fromgit", git: GIT, hostId: "node" });
  assertEquals(created.status, 201);
  const { body } = await call("PUT", "/stacks/1/git", { webhook: true, token: true });
  engine.sent.length = scene.compose.runs.length = 0;
  remotes.fetches = 0;
  return { scene, webhook: body.webhook_secret, token: body.redeploy_token };
}

/** Lists the changes of the contract that can reach a host. */
function changes(): string[] {
  return Object.entries(HTTP_PATHS).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, { need }]) => need === "change" || need === "signed")
      .map(([method]) => `${method.toUpperCase()} ${path}`)
  ).filter((change) => !ELSEWHERE.has(change) && !/ \/(alerts|channels)\b/.test(change));
}

function filled(pattern: string): string {
  return pattern.replace("/containers/{hostId}/{id}", "/containers/node/web")
    .replace("{hostId}", "node").replace("{project}", "byhand").replace("{service}", "web")
    .replace("{version}", "1").replace("{path}", "app.conf").replace("{name}", "shop").replace("{id}", "1");
}

Deno.test("every change of a view-only host is refused with 403 and the reason, and starts nothing", async () => {
  const { scene, webhook, token } = await openScene();
  await using server = await serveNode(scene, true);
  const before = (await request(server.url, "GET", "/operations")).body;
  for (const change of changes()) {
    const [method = "", pattern = ""] = change.split(" ");
    const signed = change.endsWith("/git/webhook")
      ? await delivery("github", webhook, { ref: "refs/heads/main" })
      : {
        body: BODIES[change],
        headers: { authorization: `Bearer ${pattern.endsWith("/redeploy") ? token : TOKEN}` },
      };
    const { status, detail } = await send(server.url + filled(pattern), method, signed);
    assertEquals([change, status], [change, 403], detail);
    assertMatch(detail, WHY);
  }
  assertEquals((await request(server.url, "GET", "/operations")).body, before);
  assertEquals(scene.engine.sent.filter(({ method }) => method !== "GET"), []);
  assertEquals([scene.compose.runs, scene.remotes.fetches], [[], 0]);
});

/** Sends a request; a body that is not a string is sent as JSON. */
async function send(
  url: string,
  method: string,
  { body, headers }: { readonly body?: unknown; readonly headers: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly detail: string }> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...body !== undefined && { "content-type": "application/json" } },
    ...body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) },
  });
  const { detail } = await answer.json();
  return { status: answer.status, detail };
}

Deno.test("a stack of a view-only host is released, and its draft is stored", async () => {
  const { scene } = await openScene();
  await using server = await serveNode(scene, true);
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  assertEquals((await call("PUT", "/stacks/1/draft", { compose: COMPOSE })).status, 200);
  const { status, body } = await call("DELETE", "/stacks/1?keep=1");
  assertEquals([status, body.state], [200, "succeeded"]);
});
