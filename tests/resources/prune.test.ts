import { assert, assertEquals, eventually } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";
import {
  imageId,
  rawContainer,
  rawImage,
  rawNetwork,
  rawVolume,
} from "../fakes/resources/resource_engine.ts";
import { TOKEN } from "../client.ts";
import { namesOf, type ServedResources, serveResources } from "./served.ts";

const ALL = ["container", "image", "network", "volume"] as const;

/** Starts a server with one unused thing of each kind, beside some that stay. */
async function serveUnused(): Promise<ServedResources> {
  const it = await serveResources();
  it.resources.raw = {
    containers: [
      rawContainer("job"),
      rawContainer("web", {
        State: "running",
        ImageID: imageId("used"),
        Mounts: [{ Type: "volume", Name: "used" }],
      }),
    ],
    images: [rawImage("loose"), rawImage("used"), rawImage("tagged", ["base:1"])],
    networks: [rawNetwork("old"), rawNetwork("bridge"), rawNetwork("mesh", { Scope: "swarm" })],
    volumes: [rawVolume("data"), rawVolume("used")],
  };
  it.resources.usage = () => ({
    Images: [{ Id: imageId("loose"), Size: 100, SharedSize: 40 }],
    Volumes: [{ Name: "data", UsageData: { Size: 2048 } }],
    Containers: [{ Id: idOf("job"), SizeRw: 4 }],
  });
  return it;
}

Deno.test("a prune lists what no container uses, with sizes, and removes exactly that", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: [...ALL], dryRun: true });
  const loose = `image ${idOf("loose").slice(0, 12)}`;
  assertEquals(namesOf(body.items), ["container job", loose, "network old", "volume data"]);
  assertEquals([body.bytes, body.sizeReason], [60 + 2048 + 4, null]);
  assertEquals(it.resources.removals, []);
  const { body: ended } = await it.prune({
    ...{ kinds: [...ALL], dryRun: false, digest: body.digest, volumes: ["data"] },
  });
  assertEquals([ended.state, ended.action, ended.target.kind], ["succeeded", "pruning", "host"]);
  assertEquals(it.resources.removals, [
    `/containers/${idOf("job")}?v=0&force=0`,
    `/images/${imageId("loose")}`,
    `/networks/${idOf("old")}`,
    "/volumes/data",
  ]);
  assertEquals(ended.messages.at(-1), 'Removed 4 items from host "Localhost", at least 2.1 KiB freed');
});

Deno.test("the engine's own prune is never called", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: [...ALL], dryRun: true });
  await it.prune({ kinds: [...ALL], dryRun: false, digest: body.digest, volumes: ["data"] });
  assertEquals(
    it.resources.sent.filter(({ method, path }) => method === "POST" || path.includes("prune")),
    [],
  );
});

Deno.test("volumes that are not named stay, and a removal without names is refused", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["volume", "network"], dryRun: true });
  const nameless = await it.prune({ kinds: ["volume"], dryRun: false, digest: body.digest });
  assertEquals([nameless.status, nameless.body.errors[0].path], [422, "volumes"]);
  await it.prune({ kinds: ["volume", "network"], dryRun: false, digest: body.digest, volumes: [] });
  assertEquals(it.resources.removals, [`/networks/${idOf("old")}`]);
});

Deno.test("the digest may be that of the whole list, or of what was chosen from it", async () => {
  await using it = await serveUnused();
  const chosen = { kinds: ["containers", "volumes"] as const, volumes: ["data"], except: [idOf("job")] };
  const { body } = await it.prune({ ...chosen, kinds: [...chosen.kinds], dryRun: true });
  assertEquals(namesOf(body.items), ["volume data"]);
  const { body: ended } = await it.prune({
    ...{ ...chosen, kinds: [...chosen.kinds], dryRun: false, digest: body.digest },
  });
  assertEquals([ended.state, it.resources.removals], ["succeeded", ["/volumes/data"]]);
});

Deno.test("a missing digest is invalid, and one of another list is a conflict", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["image"], dryRun: true });
  assertEquals((await it.prune({ kinds: ["image"], dryRun: false })).status, 422);
  assertEquals((await it.prune({ kinds: ["network"], dryRun: false, digest: body.digest })).status, 409);
  it.resources.raw.images.push(rawImage("newer"));
  assertEquals((await it.prune({ kinds: ["image"], dryRun: false, digest: body.digest })).status, 409);
  assertEquals((await it.call("GET", "/operations")).body, []);
});

Deno.test("a volume that a stopped container uses since the list was shown is a conflict", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["volume"], dryRun: true });
  it.resources.raw.containers.push(rawContainer("new", { Mounts: [{ Type: "volume", Name: "data" }] }));
  const request = { kinds: ["volume" as const], dryRun: false, digest: body.digest };
  const { status, body: problem } = await it.prune({ ...request, volumes: ["data"] });
  assertEquals(status, 409);
  assert(problem.detail.includes('volume "data"'), problem.detail);
  assertEquals(it.resources.removals, []);
});

Deno.test("a volume that was created again under its name is another one", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["volume"], dryRun: true });
  it.resources.raw.volumes = [rawVolume("data", { CreatedAt: "2026-11-26T09:00:00Z" })];
  const { status } = await it.prune({
    kinds: ["volume"],
    dryRun: false,
    digest: body.digest,
    volumes: ["data"],
  });
  assertEquals([status, it.resources.removals], [409, []]);
});

Deno.test("an item that comes into use while others are removed stays, and the rest is removed", async () => {
  await using it = await serveUnused();
  it.resources.raw.volumes.push(rawVolume("zoo"));
  const { body } = await it.prune({ kinds: ["network", "volume"], dryRun: true });
  it.resources.onDelete = (path) => {
    if (!path.startsWith("/networks")) return;
    it.resources.raw.containers.push(rawContainer("new", { Mounts: [{ Type: "volume", Name: "data" }] }));
  };
  const { body: ended } = await it.prune({
    ...{ kinds: ["network", "volume"], dryRun: false, digest: body.digest, volumes: ["data", "zoo"] },
  });
  assertEquals(it.resources.removals, [`/networks/${idOf("old")}`, "/volumes/zoo"]);
  assertEquals(ended.state, "failed");
  assertEquals(
    ended.error,
    'Removed 2 items from host "Localhost", 0 B freed. Not removed: volume "data": it is in use, or no longer exists',
  );
});

Deno.test("a container that was started since the list was shown stays", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["container", "network"], dryRun: true });
  it.resources.raw.containers[0] = rawContainer("job", { State: "running" });
  const { status } = await it.prune({ kinds: ["container", "network"], dryRun: false, digest: body.digest });
  assertEquals([status, it.resources.removals], [409, []]);
});

Deno.test("the refusal of the engine is reported with its message", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["network"], dryRun: true });
  it.resources.onDelete = () => {
    throw new Error("network old has active endpoints");
  };
  const { body: ended } = await it.prune({ kinds: ["network"], dryRun: false, digest: body.digest });
  assert(ended.error.endsWith('network "old": network old has active endpoints'), ended.error);
});

Deno.test("a prune is refused while a deployment on its host runs", async () => {
  await using it = await serveUnused();
  const id = await it.create("shop", { deploy: false });
  const { body } = await it.prune({ kinds: ["network"], dryRun: true });
  const deployed = Promise.withResolvers<{ code: number; error: undefined }>();
  it.compose.work = () => deployed.promise;
  const { body: deployment } = await it.call("POST", `/stacks/${id}/deploy`);
  const { status, body: problem } = await it.prune({
    kinds: ["network"],
    dryRun: false,
    digest: body.digest,
  });
  deployed.resolve({ code: 0, error: undefined });
  assertEquals(status, 409);
  assert(problem.detail.includes(`operation ${deployment.operation_id} (deploying)`), problem.detail);
  assertEquals(it.resources.removals, []);
});

Deno.test("everything on a host is refused while a prune runs on it", async () => {
  await using it = await serveUnused();
  const id = await it.create("shop", { deploy: false });
  const { body } = await it.prune({ kinds: ["network"], dryRun: true });
  const removed = Promise.withResolvers<void>();
  it.resources.onDelete = () => removed.promise;
  const { body: started } = await it.prune({ kinds: ["network"], dryRun: false, digest: body.digest }, "");
  const answers = [
    await it.call("POST", `/stacks/${id}/deploy`),
    await it.call("PUT", `/stacks/${id}`, { env: "A=1" }),
    await it.call("POST", "/containers/Localhost/web/stop"),
    await it.call("DELETE", "/volumes/Localhost/data"),
  ];
  removed.resolve();
  assertEquals(answers.map(({ status }) => status), [409, 409, 409, 409]);
  const reason = `operation ${started.operation_id} (pruning) has not ended`;
  assert(answers.every((answer) => answer.body.detail.includes(reason)), JSON.stringify(answers));
});

Deno.test("what a prune says is hidden from clients without the token, but for names", async () => {
  await using it = await serveUnused();
  const { body } = await it.prune({ kinds: ["network"], dryRun: true });
  it.resources.onDelete = () => {
    throw new Error("secret of the engine");
  };
  const { body: ended } = await it.prune({ kinds: ["network"], dryRun: false, digest: body.digest });
  const answer = await fetch(`${it.server.url}/operations/${ended.operation_id}`);
  const text = await answer.text();
  assert(!text.includes("secret of the engine"), text);
  assert(text.includes('Error while pruning host \\"Localhost\\": Sign in to see the details.'), text);
});

Deno.test("an unknown host, kind or key is refused", async () => {
  await using it = await serveUnused();
  assertEquals((await it.prune({ hostId: "none", kinds: ["image"], dryRun: true })).status, 404);
  assertEquals((await it.prune({ kinds: ["images", "builds" as "image"], dryRun: true })).status, 422);
  assertEquals((await it.prune({ kinds: [], dryRun: true })).status, 422);
  assertEquals((await it.prune({ kinds: ["image"], force: true } as object)).status, 422);
});

Deno.test("the log of a container is kept before a prune removes it", async () => {
  await using it = await serveUnused();
  it.resources.written.push({ timestamp: "2026-08-01T12:00:00Z", message: "the end", stream: "stdout" });
  it.resources.put(fakeContainer("job", { state: "exited", finishedAt: Date.now() }));
  it.resources.onDelete = () => it.resources.destroy("job");
  const { body } = await it.prune({ kinds: ["container"], dryRun: true });
  const { body: ended } = await it.prune({ kinds: ["container"], dryRun: false, digest: body.digest });
  assertEquals(ended.state, "succeeded");
  const removal = await eventually("the removal", async () => {
    const { body: page } = await it.call("GET", "/events?container=job&kind=remove");
    return page.events[0];
  });
  const authorization = `Bearer ${TOKEN}`;
  const log = await fetch(`${it.server.url}/events/${removal.id}/log`, { headers: { authorization } });
  assert((await log.text()).includes("the end"));
});
