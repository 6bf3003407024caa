/** Tests of `GET /stacks/{id}/changes` with a fake engine and a fake Compose. */
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "./client.ts";
import { engineWith, wholeEngine } from "./changes/listed_engine.ts";

/** Returns the changes as text, such as "web: recreate (image)". */
async function changes(it: ServedStacks, id: number): Promise<string[]> {
  const { body } = await it.call("GET", `/stacks/${id}/changes`);
  return body.map((
    { service, action, reasons }: { service: string; action: string; reasons: readonly string[] },
  ) => `${service}: ${action} (${reasons.join("; ")})`);
}

Deno.test("a service is created, then unchanged, then recreated when its configuration has changed", async () => {
  let containers: string[] = [];
  await using it = await serveStacks({ engine: engineWith(() => containers) });
  const id = await it.create("web", { deploy: false });
  assertEquals(await changes(it, id), ["web: create ()"]);
  containers = ["web"];
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals(await changes(it, id), ["web: unchanged ()"]);
  it.compose.hidden = () => ({ services: { web: { image: "busybox:1", environment: { A: "1" } } } });
  assertEquals(await changes(it, id), ["web: recreate (environment (A))"]);
});

Deno.test("the plan of a new stack names a host that does not exist", async () => {
  await using it = await serveStacks({ engine: engineWith(() => []) });
  const { status, body } = await it.call("POST", "/stacks/plan", {
    ...{ name: "web", compose: COMPOSE, hostId: "nosuch" },
  });
  assertEquals([status, body.errors[0].path], [422, "hostId"]);
  assertStringIncludes(body.detail, 'there is no host "nosuch"');
});

Deno.test("services that a deployment removes or leaves are listed", async () => {
  await using it = await serveStacks({ engine: engineWith(() => ["gone", "off", "web"]) });
  it.compose.services = ["off", "web"];
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  it.compose.hidden = (_project, view) =>
    view === "active" ? { services: { web: { image: "busybox:1" } } } : {};
  assertEquals(await changes(it, id), [
    "gone: remove (the compose file does not have it)",
    "off: remove (its profile is off)",
    "web: unchanged ()",
  ]);
});

Deno.test("a service that another tool started with its profile stays", async () => {
  await using it = await serveStacks({ engine: engineWith(() => ["off", "web"]) });
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  it.compose.hidden = (_project, view) =>
    view === "active" ? {} : { services: { off: { image: "busybox:1" }, web: { image: "busybox:1" } } };
  assertEquals(
    (await changes(it, id))[0],
    "off: unchanged (its profile is off, and DockStat did not deploy it)",
  );
});

Deno.test("a preview starts nothing, and needs the token", async () => {
  await using it = await serveStacks({ engine: engineWith(() => []) });
  const id = await it.create("web", { deploy: false });
  await changes(it, id);
  assertEquals([it.compose.runs, it.engine.sent.every(({ method }) => method === "GET")], [[], true]);
  const answer = async (headers: HeadersInit) => {
    const response = await fetch(`${it.server.url}/stacks/${id}/changes`, { headers });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals([await answer({}), await answer({ authorization: `Bearer ${TOKEN}` })], [401, 200]);
});

Deno.test("a preview of an unknown stack, or without an answer of the engine, is refused", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  it.engine.onCall = () => {
    throw new AppError("engine-unreachable", "no answer");
  };
  const { status, body } = await it.call("GET", `/stacks/${id}/changes`);
  assertEquals([status, (await it.call("GET", "/stacks/99/changes")).status], [503, 404]);
  assertStringIncludes(body.detail, "no answer");
});

Deno.test("a plan compares texts that are not stored", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  it.compose.hidden = () => ({
    services: { web: { image: "busybox:1", environment: { A: "1" }, stop_grace_period: "3s" } },
    volumes: { data: { name: "web_data" } },
    networks: { default: { name: "web_default" } },
  });
  const { status, body } = await it.call("POST", "/stacks/plan", { stack_id: id, compose: COMPOSE });
  assertEquals([status, body], [200, {
    services: [{
      service: "web",
      action: "recreate",
      reasons: ["environment (A)", "stop_grace_period"],
      containers: ["web-web-1"],
      downtime: { seconds: 3, measured: false },
    }],
    images: [{ image: "busybox:1", action: "keep", services: ["web"] }],
    volumes: [{ name: "web_data", action: "create", reason: null }],
    networks: [{ name: "web_default", action: "keep", reason: null }],
    clashes: [],
  }]);
});

Deno.test("a plan builds a service whose context has a file that is not stored", async () => {
  await using it = await serveStacks({ engine: engineWith(() => ["web"]) });
  it.compose.hidden = ({ files }) => ({ services: { web: { build: { context: `${files?.folder}/app` } } } });
  const id = await it.create("web", { deploy: false });
  await it.call("PUT", `/stacks/${id}`, { files: [{ path: "app/Dockerfile", text: "FROM a" }] });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const actionWith = async (path: string, text: string) => {
    const { body } = await it.call("POST", "/stacks/plan", { stack_id: id, files: [{ path, text }] });
    return body.services[0].action;
  };
  assertEquals(await actionWith("app/Dockerfile", "FROM b"), "unknown");
  assertEquals(await actionWith("app.conf", "FROM a"), "unchanged");
});

Deno.test("a plan for a new stack creates everything, and names a taken port", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  it.engine.put(fakeContainer("holder", { publishedAddresses: "0.0.0.0:8080/tcp" }));
  const ports = [{ target: 80, published: "8080", protocol: "tcp" }];
  it.compose.hidden = () => ({ services: { web: { image: "busybox:1", ports } } });
  it.engine.onCall = ({ path }) =>
    path === "/volumes" ? { Volumes: [] } : path.startsWith("/images") ? {} : [];
  const clash = { service: "web", message: 'port 8080/tcp is taken by container "holder"' };
  const body = await eventually("the container", async () => {
    const { body } = await it.call("POST", "/stacks/plan", { name: "new", compose: COMPOSE });
    return body.clashes.length > 0 ? body : undefined;
  });
  assertEquals([body.services[0].action, body.images[0].action, body.clashes], ["create", "pull", [clash]]);
});

Deno.test("a plan without a stack needs a name and a text, and every plan needs the token", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  const answers = [{ name: "new" }, { compose: COMPOSE }, {}].map((body) =>
    it.call("POST", "/stacks/plan", body)
  );
  assertEquals((await Promise.all(answers)).map(({ status }) => status), [422, 422, 422]);
  const response = await fetch(`${it.server.url}/stacks/plan`, { method: "POST", body: "{}" });
  await response.body?.cancel();
  assertEquals(response.status, 401);
});

/** A project of two services, one of which is built. */
const SHOP = {
  services: {
    api: { build: { context: "." }, networks: { back: null } },
    web: { image: "busybox:1", volumes: [{ type: "volume", source: "data", target: "/d" }] },
  },
  volumes: { data: { name: "web_data" }, other: { name: "web_other" } },
  networks: { back: { name: "web_back" } },
};

Deno.test("the plan of an update pulls and builds, and says that images may be newer", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  it.compose.services = ["api", "web"];
  it.compose.hidden = () => SHOP;
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const { body } = await it.call("POST", "/stacks/plan", { stack_id: id, command: "update" });
  assertEquals(body.images, [
    { image: "busybox:1", action: "pull", services: ["web"] },
    { image: "web-api", action: "build", services: ["api"] },
  ]);
  assertEquals(body.services.at(-1).reasons, ["cannot tell: a newer image may be pulled"]);
});

Deno.test("the plan of the update of one service has nothing of the others", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  it.compose.services = ["api", "web"];
  it.compose.hidden = () => SHOP;
  const id = await it.create("web", { deploy: false });
  const body = { stack_id: id, command: "update", service: "web" };
  const { services, images, volumes, networks } = (await it.call("POST", "/stacks/plan", body)).body;
  assertEquals(services.map(({ service }: { service: string }) => service), ["web"]);
  assertEquals(images.map(({ image }: { image: string }) => image), ["busybox:1"]);
  assertEquals(volumes, [{ name: "web_data", action: "create", reason: null }]);
  assertEquals(networks, []);
});

for (
  const [what, body, status] of [
    ["an update without a stack", { name: "new", compose: COMPOSE, command: "update" }, 422],
    ["a deployment of one service", { stack_id: 1, service: "web" }, 422],
    ["an unknown command", { stack_id: 1, command: "rm -rf" }, 422],
    ["an update of an unknown service", { stack_id: 1, command: "update", service: "__proto__" }, 404],
    ["a project and a stack", { project: "web", stack_id: 1 }, 422],
    ["a project with another text", { project: "none", compose: COMPOSE }, 422],
    ["a project without containers", { project: "none" }, 404],
    ["a project that is a stack", { project: "web" }, 409],
    ["a project whose name Compose cannot have given", { project: "../web" }, 422],
  ] as const
) {
  Deno.test(`the plan of ${what} is refused with ${status}`, async () => {
    await using it = await serveStacks({ engine: wholeEngine() });
    await it.create("web", { deploy: false });
    assertEquals((await it.call("POST", "/stacks/plan", body)).status, status);
  });
}

Deno.test("the recreation of a stopped container has no downtime", async () => {
  const engine = wholeEngine();
  const answers = engine.onCall!;
  engine.onCall = async (call, signal) => {
    const found = await answers(call, signal);
    if (!call.path.startsWith("/containers/json")) return found;
    return (found as readonly object[]).map((container) => ({ ...container, State: "exited" }));
  };
  await using it = await serveStacks({ engine });
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  it.compose.hidden = () => ({ services: { web: { image: "busybox:1", environment: { A: "1" } } } });
  const { services: [web] } = (await it.call("POST", "/stacks/plan", { stack_id: id })).body;
  assertEquals([web.action, web.downtime], ["recreate", null]);
});
