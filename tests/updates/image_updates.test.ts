import { assert, assertEquals } from "../assert.ts";
import { AppError } from "../../server/errors.ts";
import { OutboundClient } from "../../server/outbound/client.ts";
import { openDatabase } from "../../server/store/database.ts";
import { ImageChecks } from "../../server/store/images/image_checks.ts";
import { ServiceUpdates } from "../../server/store/images/service_updates.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { ImageUpdates } from "../../server/updates/image_updates.ts";
import { ManagedServices } from "../../server/updates/managed_services.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { type FakeRegistry, fakeRegistry } from "../fakes/outbound/registry.ts";

const [OLD, NEW] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
const IMAGE_ID = `sha256:${"a".repeat(64)}`;

/** A host whose containers run `image`, with the digest `OLD` of the registry's repository "app". */
function hostWith(registry: FakeRegistry, images: Readonly<Record<string, string>>): FakeEngine {
  const containers = Object.entries(images).map(([name, image]) => fakeContainer(name, { image }));
  const engine = new FakeEngine(...containers);
  engine.onCall = ({ path }) => {
    if (path === "/containers/json?all=1") return containers.map(({ id }) => ({ Id: id, ImageID: IMAGE_ID }));
    if (path.startsWith("/containers/")) return { Config: { Image: `${registry.name}/app:1.0` } };
    return { RepoDigests: [`${registry.name}/app@${OLD}`] };
  };
  return engine;
}

function openUpdates(engine: FakeEngine, registry: FakeRegistry, database = openDatabase(":memory:")) {
  const updates = new ImageUpdates({
    feed: {
      hostIds: ["Localhost"],
      containers: () => [...engine.containers.values()],
      engine: () => engine,
    },
    checks: new ImageChecks(database),
    managed: new ManagedServices({
      store: new StackStore(database, ""),
      imageUpdates: new ServiceUpdates(database),
    }),
    daily: false,
    outbound: new OutboundClient({ allow: [{ address: "127.0.0.1", port: registry.port }] }),
    findLogin: () => Promise.resolve(undefined),
  });
  return {
    updates,
    states: async () => (await updates.list(["Localhost"])).map(({ image, state }) => [image, state]),
    async [Symbol.asyncDispose]() {
      await updates[Symbol.asyncDispose]();
      if (database.isOpen) database.close();
    },
  };
}

Deno.test("reports that a tag names a newer image, with the containers that run the old one", async () => {
  await using registry = fakeRegistry({ digests: { "app:1.0": NEW } });
  const engine = hostWith(registry, { web: `${registry.name}/app:1.0`, api: `${registry.name}/app:1.0` });
  await using opened = openUpdates(engine, registry);
  await opened.updates.check(["Localhost"]);
  const [update, ...others] = await opened.updates.list(["Localhost"]);
  assertEquals(others, []);
  assertEquals([update?.state, update?.digest, update?.newestDigest], ["newer", OLD, NEW]);
  assertEquals(update?.containers.map(({ name }) => name), ["web", "api"]);
});

Deno.test("reads the registry once for a tag that many containers use", async () => {
  await using registry = fakeRegistry({ digests: { "app:1": OLD } });
  const names = Array.from({ length: 20 }, (_, index) => [`web-${index}`, `${registry.name}/app:1`] as const);
  await using opened = openUpdates(hostWith(registry, Object.fromEntries(names)), registry);
  await opened.updates.check(["Localhost"]);
  assertEquals(registry.requests, ["GET /v2/", "HEAD /v2/app/manifests/1"]);
});

Deno.test("finds the name of an image whose tag names another one by now", async () => {
  await using registry = fakeRegistry({ digests: { "app:1.0": NEW } });
  await using opened = openUpdates(hostWith(registry, { web: IMAGE_ID }), registry);
  await opened.updates.check(["Localhost"]);
  assertEquals(await opened.states(), [[`${registry.name}/app:1.0`, "newer"]]);
});

Deno.test("finds a tag with a higher version", async () => {
  await using registry = fakeRegistry({ digests: { "app:1.0": OLD, "app:1.1": NEW } });
  await using opened = openUpdates(hostWith(registry, { web: `${registry.name}/app:1.0` }), registry);
  await opened.updates.check(["Localhost"]);
  const [update] = await opened.updates.list(["Localhost"]);
  assertEquals([update?.state, update?.newerTag], ["current", "1.1"]);
});

Deno.test("keeps the answers over a restart", async () => {
  await using registry = fakeRegistry({ digests: { "app:1": NEW } });
  const engine = hostWith(registry, { web: `${registry.name}/app:1` });
  const database = openDatabase(":memory:");
  const before = openUpdates(engine, registry, database);
  await before.updates.check(["Localhost"]);
  await before.updates[Symbol.asyncDispose]();
  await using after = openUpdates(engine, registry, database);
  assertEquals(await after.states(), [[`${registry.name}/app:1`, "newer"]]);
});

Deno.test("asks a registry that limits requests only after the time that it names", async () => {
  let limited = true;
  const answer = () =>
    limited ? new Response(null, { status: 429, headers: { "retry-after": "3600" } }) : undefined;
  await using registry = fakeRegistry({ digests: { "app:1": OLD }, answer });
  await using opened = openUpdates(hostWith(registry, { web: `${registry.name}/app:1` }), registry);
  await opened.updates.check(["Localhost"]);
  limited = false;
  await opened.updates.check(["Localhost"]);
  const [update] = await opened.updates.list(["Localhost"]);
  assertEquals(update?.state, "unknown");
  assert(update?.reason?.startsWith("The registry limits requests until "), update?.reason ?? "");
  assertEquals(registry.requests.length, 1);
});

Deno.test("a failed check keeps the time of the first failure, and a later success clears it", async () => {
  const digests: Record<string, string> = {};
  await using registry = fakeRegistry({ digests });
  await using opened = openUpdates(hostWith(registry, { web: `${registry.name}/app:1` }), registry);
  await opened.updates.check(["Localhost"]);
  const [first] = await opened.updates.list(["Localhost"]);
  assertEquals(first?.reason, "The registry has no such image.");
  await opened.updates.check(["Localhost"]);
  assertEquals((await opened.updates.list(["Localhost"]))[0]?.since, first?.since);
  digests["app:1"] = OLD;
  await opened.updates.check(["Localhost"]);
  assertEquals(await opened.states(), [[`${registry.name}/app:1`, "current"]]);
});

Deno.test("a host that cannot be read has no images, and fails no check", async () => {
  await using registry = fakeRegistry({ digests: {} });
  const engine = hostWith(registry, { web: `${registry.name}/app:1` });
  engine.onCall = () => Promise.reject(new AppError("engine-unreachable", "gone"));
  await using opened = openUpdates(engine, registry);
  await opened.updates.check(["Localhost"]);
  assertEquals(await opened.states(), []);
});

Deno.test("two checks at the same time are one", async () => {
  await using registry = fakeRegistry({ digests: { "app:1": OLD } });
  await using opened = openUpdates(hostWith(registry, { web: `${registry.name}/app:1` }), registry);
  await Promise.all([opened.updates.check(["Localhost"]), opened.updates.check(["Localhost"])]);
  assertEquals(registry.requests.filter((request) => request.startsWith("HEAD")).length, 1);
});

Deno.test("a check ends with the server", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const { promise: never, resolve: release } = Promise.withResolvers<undefined>();
  await using registry = fakeRegistry({ digests: {} });
  const engine = hostWith(registry, { web: `${registry.name}/app:1` });
  engine.onCall = (_call, signal) => {
    resolve();
    signal.addEventListener("abort", () => release(undefined));
    return never.then(() => signal.throwIfAborted());
  };
  const opened = openUpdates(engine, registry);
  const checked = opened.updates.check(["Localhost"]);
  await asked;
  await opened[Symbol.asyncDispose]();
  await checked;
});
