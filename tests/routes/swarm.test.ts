import { assertEquals, assertMatch, eventually } from "../assert.ts";
import { serveEngines, testConfig } from "../client.ts";
import type { Operation } from "../../server/protocol/operations.ts";
import { QUICK } from "../fakes/times.ts";
import { serve, type Server } from "../../server/serve.ts";
import { request } from "../stacks/client.ts";
import { FakeDockerStack } from "../swarm/fake_docker_stack.ts";
import { FakeManager } from "../swarm/fake_manager.ts";

const PATH = "/swarm/m/stacks/new";
const TEXTS = { compose: "services:\n  web:\n    image: ${IMAGE}\n", env: "IMAGE=secret-registry/a" };

async function serveSwarm(readOnly = false, data = testConfig([]).data, docker = new FakeDockerStack()) {
  const host = { kind: "docker" as const, id: "m", endpoint: { url: "unix:///none" } };
  const config = testConfig([host], { data });
  const server: Server = await serve({ ...config, access: { ...config.access, readOnly } }, {
    ...{ times: QUICK, openEngine: () => new FakeManager(), dockerStack: docker, swarm: { everyMs: 1 } },
  });
  await eventually(
    "the host",
    async () => (await request(server.url, "GET", "/docker/hosts")).body[0].state === "up",
  );
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  return { server, docker, data, call, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

Deno.test("the texts of a stack are read, deployed and removed only with the token", async () => {
  await using it = await serveSwarm();
  await it.call("PUT", `${PATH}?wait=1`, TEXTS);
  for (const method of ["GET", "PUT", "DELETE"]) {
    const answer = await fetch(it.server.url + PATH, { method });
    assertEquals([method, answer.status], [method, 401]);
    assertEquals((await answer.text()).includes("secret-registry"), false);
  }
  assertEquals((await it.call("GET", PATH)).body.env, TEXTS.env);
});

Deno.test("--read-only refuses deployments, and the stored texts can be read", async () => {
  const { data } = await (async () => {
    await using it = await serveSwarm();
    await it.call("PUT", `${PATH}?wait=1`, TEXTS);
    return it;
  })();
  await using it = await serveSwarm(true, data);
  const { status, body } = await it.call("PUT", PATH, TEXTS);
  assertEquals([status, it.docker.resolved], [403, []]);
  assertMatch(body.detail, /--read-only/);
  assertEquals((await it.call("GET", PATH)).body.compose, TEXTS.compose);
});

Deno.test("drafts of a swarm's stacks are kept until they are discarded or the stack is removed", async () => {
  await using it = await serveSwarm();
  await it.call("PUT", `${PATH}?wait=1`, TEXTS);
  for (const path of ["/swarm/m/draft", `${PATH}/draft`]) {
    assertEquals((await it.call("PUT", path, { compose: "typed", env: "A=1" })).status, 200);
    assertEquals((await it.call("GET", path)).body.compose, "typed");
    const refused = await fetch(it.server.url + path);
    await refused.body?.cancel();
    assertEquals(refused.status, 401);
  }
  assertEquals((await it.call("GET", "/stacks/draft")).body.compose, null);
  assertEquals((await it.call("PUT", "/swarm/m/stacks/other/draft", {})).status, 404);
  await it.call("DELETE", `${PATH}?wait=1`);
  await it.call("PUT", `${PATH}?wait=1`, TEXTS);
  assertEquals((await it.call("GET", `${PATH}/draft`)).body.compose, null);
  assertEquals((await it.call("DELETE", "/swarm/m/draft")).status, 204);
  assertEquals((await it.call("GET", "/swarm/m/draft")).body.saved_at, null);
});

Deno.test("the managers of a swarm share its locks and list its operations", async () => {
  const docker = new FakeDockerStack();
  const gate = Promise.withResolvers<void>();
  docker.work = () => gate.promise.then(() => ({ code: 0, error: undefined }));
  await using server = await serveEngines({ m: new FakeManager(), other: new FakeManager() }, {
    dockerStack: docker,
    swarm: { everyMs: 1 },
  });
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  await eventually("the hosts", async () => {
    const { body } = await call("GET", "/docker/hosts");
    return body.every(({ state }: { readonly state: string }) => state === "up");
  });
  const { body: { operation_id: id } } = await call("PUT", PATH, TEXTS);
  const elsewhere = PATH.replace("/m/", "/other/");
  for (const method of ["PUT", "DELETE"]) {
    const { status, body } = await call(method, elsewhere, method === "PUT" ? TEXTS : undefined);
    assertEquals([status, body.detail.includes(`operation ${id} (deploying)`)], [409, true], method);
  }
  const listed = async () => (await call("GET", "/swarm/other")).body.operations;
  assertEquals((await listed()).map((one: Operation) => [one.operation_id, one.hostId, one.swarm]), [
    [id, "m", "c1"],
  ]);
  gate.resolve();
  await eventually("the end", async () => (await listed())[0].state === "succeeded");
});

Deno.test("secrets of the environment are cut out of what the Docker CLI prints", async () => {
  const docker = new FakeDockerStack();
  docker.work = (print) => {
    print("image secret-registry/a could not be accessed on a registry to record its digest");
    return Promise.resolve({ code: 1, error: "failed to create service: secret-registry/a is unknown" });
  };
  docker.resolve = (text) => ({ code: 0, output: text.replace("${IMAGE}", "busybox:1") });
  await using it = await serveSwarm(false, undefined, docker);
  const { body } = await it.call("PUT", `${PATH}?wait=1`, TEXTS);
  assertEquals(body.state, "failed");
  assertEquals(JSON.stringify(body).includes("secret-registry"), false);
});

Deno.test("a cancelled deployment ends, and one at a time runs on a stack", async () => {
  const docker = new FakeDockerStack();
  docker.work = (_print, signal) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ code: 130, error: undefined }))
    );
  await using it = await serveSwarm(false, undefined, docker);
  const { body: { operation_id: id } } = await it.call("PUT", PATH, TEXTS);
  await eventually("the Docker CLI", () => docker.deployed.length > 0);
  const second = await it.call("PUT", PATH, TEXTS);
  assertEquals(second.status, 409);
  assertMatch(second.body.detail, /has not ended/);
  assertEquals((await it.call("POST", `/operations/${id}/cancel?wait=1`)).body.state, "cancelled");
});

Deno.test("a missing Docker CLI is refused with 503 before anything starts", async () => {
  const config = testConfig([{ kind: "docker", id: "m", endpoint: { url: "unix:///none" } }]);
  const server = await serve({ ...config, env: { PATH: config.data } }, {
    ...{ times: QUICK, openEngine: () => new FakeManager() },
  });
  await using _ = server;
  await eventually(
    "the host",
    async () => (await request(server.url, "GET", "/docker/hosts")).body[0].state === "up",
  );
  const { status, body } = await request(server.url, "PUT", PATH, TEXTS);
  assertEquals(status, 503);
  assertMatch(body.detail, /Docker CLI is not installed. Install the Docker CLI 26 or newer/);
  assertEquals((await request(server.url, "GET", "/operations")).body, []);
});
