/** Tests of `POST /stacks/{id}/versions/{version}/deploy` with a fake engine and a fake Compose. */
import { assertEquals } from "../assert.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "../stacks/client.ts";

Deno.test("a version is deployed again with the digests that it had, and the next deployment uses the tags", async () => {
  const engine = new FakeEngine();
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  let moved = "a";
  engine.onCall = ({ path }) =>
    path.startsWith("/images/") ? { RepoDigests: [`busybox@${digest(moved)}`] } : [];
  await using it = await serveStacks({ engine });
  await it.create("web", { deploy: false });
  await it.call("POST", "/stacks/1/deploy?wait=1");
  moved = "b";
  await it.call("PUT", "/stacks/1", { env: "A=1" });
  const overrides: (string | undefined)[] = [];
  it.compose.work = async (_write, args, _signal, _project, files) => {
    const [override] = files?.overrides ?? [];
    if (args[0] === "up") overrides.push(override && await Deno.readTextFile(override));
    return { code: 0, error: undefined };
  };
  const { status, body } = await it.call("POST", "/stacks/1/versions/1/deploy?wait=1");
  assertEquals([status, body.state, body.warnings], [200, "succeeded", []]);
  const pinned = { services: { web: { image: `busybox@${digest("a")}` } } };
  assertEquals(overrides.map((text) => text && JSON.parse(text)), [pinned]);
  const [newest] = (await it.call("GET", "/stacks/1/versions")).body;
  assertEquals([newest.reason, newest.images[0].digest], ["restored from version 1", digest("a")]);
  await it.call("POST", "/stacks/1/deploy?wait=1");
  assertEquals(overrides.length, 2);
  assertEquals(overrides[1], undefined);
});

Deno.test("a version that was never deployed is deployed with a warning, and an unknown one is refused", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const { body } = await it.call("POST", "/stacks/1/versions/1/deploy?wait=1");
  assertEquals(body.warnings, [
    "This version was never deployed, so the digests of its images are not known.",
  ]);
  assertEquals((await it.call("POST", "/stacks/1/versions/9/deploy")).status, 404);
  const anonymous = await fetch(`${it.server.url}/stacks/1/versions/1/deploy`, { method: "POST" });
  await anonymous.body?.cancel();
  assertEquals(anonymous.status, 401);
});
