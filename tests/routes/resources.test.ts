import { assert, assertEquals, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { idOf } from "../fakes/engine.ts";
import {
  imageId,
  rawContainer,
  rawImage,
  rawNetwork,
  rawVolume,
} from "../fakes/resources/resource_engine.ts";
import { serveResources } from "../resources/served.ts";

Deno.test("lists have sizes, ages and users, and need the token", async () => {
  await using it = await serveResources();
  it.resources.raw.volumes = [rawVolume("data")];
  it.resources.raw.containers = [rawContainer("job", { Mounts: [{ Type: "volume", Name: "data" }] })];
  it.resources.usage = () => ({ Volumes: [{ Name: "data", UsageData: { Size: 7 } }] });
  const { body } = await it.call("GET", "/volumes?host=Localhost");
  const user = { id: idOf("job"), name: "job", state: "exited", project: null, service: null };
  assertEquals(body, [{
    ...{ hostId: "Localhost", name: "data", driver: "local", created: "2026-11-26T07:00:00.000Z" },
    ...{ sizeBytes: 7, sizeReason: null, anonymous: false, projects: [], inUse: true, usedBy: [user] },
  }]);
  for (const path of ["/images", "/volumes", "/networks"]) {
    const answer = await fetch(it.server.url + path);
    await answer.body?.cancel();
    assertEquals(answer.status, 401);
  }
});

Deno.test("an unknown host is not found", async () => {
  await using it = await serveResources();
  assertEquals((await it.call("GET", "/images?host=none")).status, 404);
  assertEquals((await it.call("DELETE", "/images/none/base")).status, 404);
});

Deno.test("lists are refused while no host can be read, since none would appear to exist", async () => {
  await using it = await serveResources();
  it.resources.goDown("connect ECONNREFUSED");
  await eventually("the refusal", async () => (await it.call("GET", "/networks")).status === 503);
  const { status, body } = await it.call("GET", "/images");
  assertEquals([status, body.detail], [503, 'Host "Localhost" cannot be read now']);
});

Deno.test("an answer that is not a list of containers is refused, since nothing would appear to be in use", async () => {
  await using it = await serveResources();
  it.resources.raw.volumes = [rawVolume("data")];
  it.resources.raw.containers = {} as never;
  assertEquals((await it.call("GET", "/volumes")).status, 502);
  assertEquals((await it.call("DELETE", "/volumes/Localhost/data")).status, 502);
  assertEquals(it.resources.removals, []);
});

Deno.test("an unused volume is removed by an operation", async () => {
  await using it = await serveResources();
  it.resources.raw.volumes = [rawVolume("data")];
  const preview = await it.call("DELETE", "/volumes/Localhost/data?dryRun=1");
  assertEquals(preview.body.volumes, [{ name: "data", bytes: null }]);
  assertEquals(it.resources.removals, []);
  const { body } = await it.call("DELETE", "/volumes/Localhost/data?wait=1");
  assertEquals([body.state, body.action, body.stack_id], ["succeeded", "removing", null]);
  assertEquals(body.target, { kind: "volume", name: "data", id: "data" });
  assertEquals(body.messages.at(-1), 'Volume "data" removed successfully');
  assertEquals(it.resources.removals, ["/volumes/data"]);
});

for (
  const [path, raw] of [
    ["/volumes/Localhost/data", { Mounts: [{ Type: "volume", Name: "data" }] }],
    ["/networks/Localhost/back", { NetworkSettings: { Networks: { back: {} } } }],
    [`/images/Localhost/${idOf("base")}`, { ImageID: imageId("base") }],
  ] as const
) {
  Deno.test(`${path.slice(0, 20)} is a conflict while a stopped container uses it`, async () => {
    await using it = await serveResources();
    it.resources.raw = {
      containers: [rawContainer("job", { ...raw })],
      images: [rawImage("base", ["base:1"])],
      volumes: [rawVolume("data")],
      networks: [rawNetwork("back")],
    };
    const { status, body } = await it.call("DELETE", path);
    assertEquals(status, 409);
    assert(body.detail.includes('container "job" uses it'), body.detail);
    assertEquals(it.resources.removals, []);
  });
}

Deno.test("a network of the engine is never removed", async () => {
  await using it = await serveResources();
  it.resources.raw.networks = [rawNetwork("bridge")];
  assertEquals((await it.call("DELETE", "/networks/Localhost/bridge")).status, 409);
});

Deno.test("an image is removed with all its tags, one by one, or one tag alone", async () => {
  await using it = await serveResources();
  it.resources.raw.images = [rawImage("base", ["a/base:1", "base:1", "base:2"])];
  const one = `/images/Localhost/${imageId("base")}?tag=a/base:1`;
  const { body: preview } = await it.call("DELETE", `${one}&dryRun=1`);
  assertEquals(preview.images, [{ name: "a/base:1", tags: ["a/base:1"], bytes: 0 }]);
  assertEquals((await it.call("DELETE", `${one}&wait=1`)).body.state, "succeeded");
  assertEquals(it.resources.removals, ["/images/a/base:1"]);
  const { body } = await it.call("DELETE", `/images/Localhost/${imageId("base")}?wait=1`);
  assertEquals(body.state, "succeeded");
  assertEquals(it.resources.removals.slice(1), [
    "/images/base:1",
    "/images/base:2",
    `/images/${imageId("base")}`,
  ]);
});

Deno.test("a tag of a used image is removed while another one keeps the image", async () => {
  await using it = await serveResources();
  it.resources.raw.images = [rawImage("base", ["base:1", "base:2"])];
  it.resources.raw.containers = [rawContainer("job", { ImageID: imageId("base") })];
  assertEquals((await it.call("DELETE", "/images/Localhost/base:1?wait=1")).body.state, "succeeded");
  assertEquals((await it.call("DELETE", "/images/Localhost/base:2?wait=1")).status, 409);
});

Deno.test("--read-only refuses every removal and every prune", async () => {
  const { access } = testConfig([]);
  await using it = await serveResources({ access: { ...access, readOnly: true } });
  it.resources.raw.volumes = [rawVolume("data")];
  assertEquals((await it.call("GET", "/volumes")).status, 200);
  assertEquals((await it.call("DELETE", "/volumes/Localhost/data")).status, 403);
  assertEquals((await it.prune({ kinds: ["volume"], dryRun: true })).status, 403);
  assertEquals(it.resources.removals, []);
});
