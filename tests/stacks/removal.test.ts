import * as v from "valibot";
import type { EngineCall } from "../../server/docker/engine.ts";
import { AppError } from "../../server/errors.ts";
import { RemovalPreview } from "../../server/protocol/removal.ts";
import { assert, assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "./client.ts";

const NAMELESS = "ab".repeat(32);

/** An engine with a project of two containers, a network and two volumes. */
function engine(project: string, sizes = true): FakeEngine {
  const engine = new FakeEngine(
    fakeContainer("b", { project, service: "b" }),
    fakeContainer("a", { project, service: "a" }),
    fakeContainer("other"),
  );
  engine.onCall = ({ path }: EngineCall) => {
    if (path.startsWith("/networks")) return [{ Name: `${project}_default` }];
    if (path.startsWith("/volumes")) return { Volumes: [{ Name: `${project}_data` }] };
    if (path.startsWith("/containers")) {
      return {
        Mounts: [{ Type: "volume", Name: NAMELESS }, { Type: "volume", Name: "external" }, { Type: "bind" }],
      };
    }
    if (!sizes) throw new AppError("engine-refused", "not measured");
    return {
      Volumes: [{ Name: `${project}_data`, UsageData: { Size: 5 } }, {
        Name: NAMELESS,
        UsageData: { Size: -1 },
      }],
    };
  };
  return engine;
}

Deno.test("lists what the removal of a project would delete, and deletes nothing", async () => {
  const fake = engine("byhand");
  await using it = await serveStacks({ engine: fake });
  const { status, body } = await it.call("DELETE", "/projects/Localhost/byhand?dryRun=1&volumes=1");
  assertEquals(status, 200);
  assert(v.is(RemovalPreview, body), JSON.stringify(body));
  assertEquals(body, {
    containers: ["a", "b"],
    networks: ["byhand_default"],
    volumes: [{ name: NAMELESS, bytes: null }, { name: "byhand_data", bytes: 5 }],
    files: { deleted: [], kept: [] },
  });
  assert(fake.sent.every(({ method }) => method === "GET"));
  assertEquals(it.compose.runs, []);
});

Deno.test("without volumes none is listed, and none is asked for", async () => {
  const fake = engine("byhand");
  await using it = await serveStacks({ engine: fake });
  const { body } = await it.call("DELETE", "/projects/Localhost/byhand?dryRun=1");
  assertEquals(body.volumes, []);
  assertEquals(fake.sent.map(({ path }) => path.split("?")[0]), ["/networks"]);
});

Deno.test("a preview of a project that no removal would act on is refused", async () => {
  await using it = await serveStacks({ engine: engine("BYHAND") });
  const { status, body } = await it.call("DELETE", "/projects/Localhost/BYHAND?dryRun=1");
  assertEquals([status, body.errors[0].path], [422, "project"]);
});

Deno.test("sizes that the engine does not know are null", async () => {
  await using it = await serveStacks({ engine: engine("byhand", false) });
  const { body } = await it.call("DELETE", "/projects/Localhost/byhand?dryRun=1&volumes=1");
  assertEquals(body.volumes.map(({ bytes }: { bytes: null }) => bytes), [null, null]);
});

Deno.test("names the files of a stack that go and those that stay, as the removal then does", async () => {
  const data = freshFolder();
  await using it = await serveStacks({ changes: { data } });
  const id = await it.create("web", { env: "A=1", deploy: false });
  const [texts, project] = [`${data}/texts/${id}`, `${data}/stacks/${id}`];
  const put = await fetch(`${it.server.url}/stacks/${id}/files/conf/mine.txt`, {
    method: "PUT",
    headers: { authorization: "Bearer a-token-for-tests-only" },
    body: "x",
  });
  await put.body?.cancel();
  Deno.writeTextFileSync(`${project}/precious`, "x");
  const { body } = await it.call("DELETE", `/stacks/${id}?dryRun=1`);
  assertEquals(body.files, {
    deleted: [`${texts}/compose.yaml`, `${texts}/.env`, `${project}/conf/mine.txt`],
    kept: [`${project}/precious`],
  });
  const removed = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals(removed.body.kept, body.files.kept);
});

Deno.test("a release keeps everything, which its preview and its answer name alike", async () => {
  const data = freshFolder();
  const fake = new FakeEngine();
  await using it = await serveStacks({ engine: fake, changes: { data } });
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const preview = await it.call("DELETE", `/stacks/${id}?keep=1&dryRun=1`);
  const kept = [`${data}/texts/${id}/compose.yaml`];
  assertEquals(preview.body, { containers: [], networks: [], volumes: [], files: { deleted: [], kept } });
  const runs = it.compose.runs.length;
  const { status, body } = await it.call("DELETE", `/stacks/${id}?keep=1`);
  assertEquals([status, body.state, body.kept], [200, "succeeded", kept]);
  assertEquals([it.compose.runs.length, fake.containers.size], [runs, 1]);
  assertEquals((await it.call("GET", `/stacks/${id}`)).status, 404);
});

for (
  const [what, path, status] of [
    ["a stack", "/stacks/9", 404],
    ["a project", "/projects/Localhost/none", 404],
    ["a host", "/projects/moon/byhand", 404],
  ] as const
) {
  Deno.test(`a preview of ${what} that does not exist is refused`, async () => {
    await using it = await serveStacks();
    assertEquals((await it.call("DELETE", `${path}?dryRun=1`)).status, status);
  });
}
