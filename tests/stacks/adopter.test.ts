import { assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { COMPOSE, serveStacks } from "./client.ts";

Deno.test("the plan of a project compares its files with its containers, and stores nothing", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const engine = new FakeEngine();
  engine.onCall = ({ path }) => {
    if (path.startsWith("/images")) return { Id: "sha256:1" };
    if (!path.startsWith("/containers/json")) return { Config: { Image: "busybox:1" } };
    const labels = { "com.docker.compose.service": "web", "com.docker.compose.config-hash": "h" };
    return [{ Id: "1", Names: ["/web-web-1"], State: "running", ImageID: "sha256:1", Labels: labels }];
  };
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  engine.put(fakeContainer("web-web-1", { project: "web", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  it.compose.hidden = () => ({ services: { web: { image: "busybox:2", build: { context: "." } } } });
  const { status, body } = await it.call("POST", "/stacks/plan", { project: "web" });
  assertEquals(status, 200);
  assertEquals([body.services[0].action, body.services[0].reasons], ["recreate", ["image"]]);
  assertEquals((await it.call("GET", "/stacks")).body.map(({ managed }: { managed: boolean }) => managed), [
    false,
  ]);
});
