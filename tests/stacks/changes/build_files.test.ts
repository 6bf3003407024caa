/** Tests of builds that read files beside their context, with a fake engine and a fake Compose. */
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../client.ts";
import { wholeEngine } from "./listed_engine.ts";

/** Plans a deployment of a stack, deploys it, and returns both: what the image is for, and the runs of Compose. */
async function planAndDeploy(it: ServedStacks, id: number): Promise<unknown[]> {
  const { body } = await it.call("POST", "/stacks/plan", { stack_id: id });
  const before = it.compose.runs.length;
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  return [body.images[0].action, ...it.compose.runs.slice(before).map(({ args }) => args[0])];
}

Deno.test("a service is built when a file of a further context changes, as planned", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  it.compose.hidden = ({ files }) => {
    const more = { shared: `${files?.folder}/shared`, base: "docker-image://a", api: "service:api" };
    return { services: { web: { build: { context: `${files?.folder}/app`, additional_contexts: more } } } };
  };
  const id = await it.create("web", { deploy: false });
  const save = (path: string, text: string) =>
    it.call("PUT", `/stacks/${id}`, { files: [{ path, text }], deploy: false });
  await save("app/Dockerfile", "FROM a");
  await save("shared/a.txt", "one");
  assertEquals((await planAndDeploy(it, id)).slice(1), ["build", "up"]);
  assertEquals(await planAndDeploy(it, id), ["keep", "up"]);
  const { body } = await it.call("POST", "/stacks/plan", { stack_id: id, version: 2 });
  assertEquals(body.images[0].action, "build", "a version without the file");
  await save("other", "two");
  assertEquals(await planAndDeploy(it, id), ["keep", "up"], "a file that no build reads");
  await save("shared/a.txt", "three");
  assertEquals(await planAndDeploy(it, id), ["build", "build", "up"]);
});

Deno.test("a service of an adopted project is built when its Dockerfile beside the context changes", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "Dockerfile.web": "FROM a", "app/a": "" });
  const engine = wholeEngine();
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  engine.put(fakeContainer("web-web-1", { project: "web", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  const build = { context: folder.path("app"), dockerfile: "../Dockerfile.web" };
  it.compose.hidden = () => ({ services: { web: { build } } });
  const { body } = await it.call("POST", "/stacks/adopt", { project: "web", hostId: "Localhost" });
  await planAndDeploy(it, body.stack_id);
  assertEquals(await planAndDeploy(it, body.stack_id), ["keep", "up"]);
  Deno.writeTextFileSync(folder.path("Dockerfile.web"), "FROM another");
  assertEquals(await planAndDeploy(it, body.stack_id), ["build", "build", "up"]);
});
