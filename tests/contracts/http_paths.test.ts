/** Tests that compare real responses with the OpenAPI document. */
import { postCommands } from "../../server/protocol/commands.ts";
import { logLines } from "../../server/log/log.ts";
import { assertEquals, assertThrows, eventually } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { COMPOSE } from "../stacks/client.ts";
import { requestAlerts } from "./alert_requests.ts";
import { requestContainers, requestHosts } from "./container_requests.ts";
import { requestRollbacks } from "./rollback_requests.ts";
import { requestGit } from "./stack_git.ts";
import { requestResources } from "./resource_requests.ts";
import { type Json, toAnswer } from "./served.ts";
import { requestSwarm } from "./swarm_requests.ts";
import { requestContents } from "./stack_contents.ts";
import { Validator } from "./validator.ts";
import { Scene } from "./scene.ts";

const PLAIN = [
  "/docker/stats",
  "/docker/stats?detail=full",
  "/docker/hosts",
  "/logs?tail=5",
  "/logs/ws?tail=5",
  "/metrics",
  "/about",
  "/healthz",
  "/openapi.json",
  "/asyncapi.json",
  "/operations",
  "/operations/1",
  "/operations/1/output",
  "/stacks",
  "/stacks/1",
  "/stacks/1/compose",
  "/events",
  "/history",
  "/report",
  "/updates",
  "/audit",
];

Deno.test("every successful response matches the document, and every described one occurs", async () => {
  await using scene = await Scene.open();
  const { validator, served } = scene;
  logLines.add({ level: "INFO", timestamp: "2026-08-01T12:00:00Z", message: "a", file: "b.ts", line: 1 });
  await scene.request("POST", "/session", { origin: "file://", protocol: "file:" });
  const { body: { session } } = await scene.request("POST", "/sessions", { token: TOKEN });
  await scene.request("GET", "/sessions");
  await scene.request("DELETE", "/sessions/current", undefined, { authorization: `Bearer ${session}` });
  await scene.request("DELETE", "/sessions");
  const warned = COMPOSE.replace(":1", "");
  await scene.request("POST", "/stacks/validate", { compose: warned });
  await scene.request("POST", "/stacks", { name: "shop", compose: COMPOSE, env: "A=1", deploy: false });
  await scene.request("POST", "/stacks/plan", { stack_id: 1 });
  await scene.request("PUT", "/stacks/1", { compose: warned });
  await scene.request("POST", "/stacks/1/accept");
  for (const query of ["?dryRun=1", ""]) {
    await scene.request("POST", `/stacks/adopt${query}`, { project: "other", hostId: "Localhost" });
  }
  for (const command of postCommands("stack")) {
    await scene.request("POST", `/stacks/1/${command}?wait=1`);
    await scene.startAndWait("POST", `/stacks/1/${command}`);
  }
  for (const command of postCommands("service")) {
    await scene.request("POST", `/stacks/1/services/web/${command}?wait=1`);
    await scene.startAndWait("POST", `/stacks/1/services/web/${command}`);
  }
  await requestRollbacks(scene, served.compose.engine!);
  await requestContents(scene);
  await scene.request("DELETE", "/stacks/1?dryRun=1");
  await scene.request("POST", "/updates/check");
  await scene.request("POST", "/updates/check?wait=1");
  await scene.request("GET", "/updates/tags?image=localhost:1/db");
  for (const command of postCommands("project")) {
    await scene.request("POST", `/projects/Localhost/byhand/${command}?wait=1`);
    await scene.startAndWait("POST", `/projects/Localhost/byhand/${command}`);
  }
  served.compose.work = () => Promise.resolve({ code: 1, error: "port is already allocated" });
  const { body: failed } = await scene.request("POST", "/stacks/1/deploy?wait=1");
  await scene.request("GET", `/operations/${failed.operation_id}/failure`);
  served.compose.work = (_write, _args, signal) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ code: 130, error: undefined }))
    );
  for (const wait of ["", "?wait=1"]) {
    for (const isStack of [true, false]) {
      const { body: { operation_id: id } } = await scene.request("POST", "/stacks/1/deploy");
      await scene.request("POST", `${isStack ? "/stacks/1" : `/operations/${id}`}/cancel${wait}`);
      await scene.waitForEnd(id);
    }
  }
  await requestAlerts(scene, served.compose.engine!);
  await requestContainers(scene, "/containers/Localhost/job");
  await requestHosts(scene);
  const removal = await eventually("the removal", async () => {
    const { body } = await scene.request("GET", "/events?container=job&kind=remove");
    return body.events[0];
  });
  await scene.request("GET", `/events/${removal.id}/log`);
  for (const path of PLAIN) await scene.request("GET", path);
  const { body: { url } } = await scene.request("POST", "/downloads", { path: "/stacks/1/compose" });
  await scene.request("GET", url);
  served.compose.work = () => Promise.resolve({ code: 0, error: undefined });
  await scene.request("DELETE", "/stacks/1?wait=1");
  await scene.startAndWait("DELETE", "/stacks/2?volumes=1");
  for (const wait of [true, false]) {
    served.compose.engine?.put(fakeContainer("byhand", { project: "byhand", service: "web" }));
    await eventually("the project", async () => {
      const { body } = await served.request("GET", "/stacks");
      return body.some(({ name }: Json) => name === "byhand");
    });
    if (wait) await scene.request("DELETE", "/projects/Localhost/byhand?wait=1");
    else await scene.startAndWait("DELETE", "/projects/Localhost/byhand");
  }
  await requestResources(scene, served.compose.engine);
  await requestGit(scene, served.remotes);
  await requestSwarm(scene, served.compose.engine);
  // A given token cannot be rotated; tests/routes/sessions.test.ts rotates a stored one.
  assertEquals(validator.unseen(), ["POST /token/rotate 200"]);
});

Deno.test("a response that the document does not describe fails validation", async () => {
  await using scene = await Scene.open();
  const answer = await scene.served.request("GET", "/docker/hosts");
  const broken = { ...answer, body: answer.body.map((host: Json) => ({ ...host, password: "x" })) };
  assertThrows(
    () => scene.validator.check("GET", "/docker/hosts", broken),
    Error,
    "must NOT have additional",
  );
  assertThrows(
    () => scene.validator.check("GET", "/docker/hosts", { ...answer, status: 201 }),
    Error,
    "described",
  );
});

const REFUSED: readonly (readonly [status: number, method: string, path: string, body?: unknown])[] = [
  [400, "GET", "/docker/stats?color=red"],
  [400, "POST", "/stacks", "{"],
  [400, "DELETE", "/stacks/1?volumes=yes"],
  [404, "GET", "/stacks/99"],
  [404, "POST", "/stacks/99/deploy"],
  [404, "PUT", "/stacks/99", { env: "" }],
  [404, "GET", "/operations/99"],
  [404, "GET", "/stacks/99/compose"],
  [404, "GET", "/events/99/log"],
  [404, "POST", "/operations/99/cancel"],
  [404, "GET", "/downloads/unknown"],
  [404, "POST", "/projects/moon/byhand/stop"],
  [404, "GET", "/containers/Localhost/none"],
  [404, "POST", "/containers/moon/web/stop"],
  [409, "DELETE", "/containers/Localhost/web"],
  [409, "POST", "/operations/1/cancel"],
  [422, "PATCH", "/containers/Localhost/web", { cpus: 0 }],
  [404, "POST", "/stacks/adopt", { project: "none", hostId: "Localhost" }],
  [404, "POST", "/stacks/validate", { compose: COMPOSE, stack_id: 99 }],
  [409, "POST", "/stacks", { name: "shop", compose: COMPOSE }],
  [409, "POST", "/stacks/1/cancel"],
  [409, "POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" }],
  [413, "POST", "/stacks", { name: "web", compose: "#".repeat(1024 * 1024) }],
  [422, "POST", "/stacks", { name: "WRONG" }],
  [422, "PUT", "/stacks/1", { compose: "services: [" }],
  [422, "POST", "/stacks/validate", { compose: "services: {}\nx" }],
  [422, "POST", "/session", { origin: "no origin" }],
  [422, "POST", "/downloads", { path: "/sessions" }],
];

Deno.test("every refusal matches the document", async () => {
  await using scene = await Scene.open();
  await scene.request("POST", "/stacks", { name: "shop", compose: COMPOSE, deploy: false });
  await scene.startAndWait("POST", "/stacks/1/stop");
  for (const [status, method, path, body] of REFUSED) {
    assertEquals((await scene.request(method, path, body)).status, status, `${method} ${path}`);
  }
  const text = await scene.request("POST", "/stacks", "name: web", { "content-type": "text/yaml" });
  assertEquals(text.status, 415);
});

Deno.test("refusals for lack of rights match the document", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 1 });
  const validator = new Validator(await (await fetch(`${server.url}/openapi.json`)).json());
  const status = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await toAnswer(await fetch(server.url + path, { method, headers }));
    validator.check(method, path, answer);
    return answer.status;
  };
  assertEquals(await status("POST", "/stacks"), 401);
  assertEquals(await status("GET", "/docker/stats", { origin: "https://evil.example" }), 403);
  assertEquals(await status("GET", "/healthz", { origin: "https://evil.example" }), 403);
  const wrong = { authorization: `Bearer not-${TOKEN}` };
  assertEquals(await status("GET", "/docker/hosts", wrong), 401);
  assertEquals(await status("GET", "/docker/hosts", wrong), 429);
});
