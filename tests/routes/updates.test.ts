import * as v from "valibot";
import { ImageUpdates } from "../../server/protocol/images/updates.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { TOKEN } from "../client.ts";
import { serveStacks } from "../stacks/client.ts";

const IMAGE_ID = `sha256:${"a".repeat(64)}`;

/** An engine whose container runs an image that was built on its host. */
function engineWithImage(): FakeEngine {
  const container = fakeContainer("web", { image: "app:1", project: "shop", service: "web" });
  const engine = new FakeEngine(container);
  engine.onCall = ({ path }) =>
    path.startsWith("/images/") ? { RepoDigests: [] } : [{ Id: container.id, ImageID: IMAGE_ID }];
  return engine;
}

Deno.test("GET /updates lists the images of containers without asking a registry", async () => {
  await using it = await serveStacks({ engine: engineWithImage() });
  const { status, body } = await it.call("GET", "/updates");
  assertEquals(status, 200);
  assert(v.is(ImageUpdates, body), JSON.stringify(body));
  const [update] = body.updates;
  assertEquals([update?.image, update?.state], ["app:1", "not_applicable"]);
  assertEquals(update?.containers.map(({ project, service }) => [project, service]), [["shop", "web"]]);
});

Deno.test("POST /updates/check answers with wait=1 once the check has ended", async () => {
  await using it = await serveStacks({ engine: engineWithImage() });
  const { status, body } = await it.call("POST", "/updates/check?wait=1");
  assertEquals([status, body.checking], [200, false]);
});

Deno.test("an unknown host is refused with the hosts that exist", async () => {
  await using it = await serveStacks({ engine: engineWithImage() });
  const { status, body } = await it.call("GET", "/updates?host=nas");
  assertEquals(status, 400);
  assert(body.detail.includes("Localhost"), body.detail);
});

Deno.test("a return needs a service of the stack, and a known update of its image", async () => {
  await using it = await serveStacks({ engine: engineWithImage() });
  const id = await it.create("new", { deploy: false });
  const rollback = async (service: string) => {
    const { status, body } = await it.call("POST", `/stacks/${id}/services/${service}/rollback`);
    return [status, body.detail];
  };
  assertEquals(await rollback("db"), [404, `Stack "${id}" has no service "db"`]);
  assertEquals(await rollback("web"), [
    409,
    'Cannot roll back service "web": DockStat knows no update of its image',
  ]);
  assertEquals(it.compose.runs, []);
});

Deno.test("a read-only server refuses a return", async () => {
  const access = { token: TOKEN, auth: true, origins: [], readOnly: true, viewToken: false };
  await using it = await serveStacks({ engine: engineWithImage(), changes: { access } });
  assertEquals((await it.call("POST", "/stacks/1/services/web/rollback")).status, 403);
});
