import { AppError } from "../../server/errors.ts";
import { OutboundClient } from "../../server/outbound/client.ts";
import { openDatabase } from "../../server/store/database.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { ImageTags } from "../../server/updates/image_tags.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { fakeContainer } from "../fakes/container.ts";
import { type FakeRegistry, fakeRegistry } from "../fakes/outbound/registry.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;

/** Tags for a host whose only container runs an image. */
function openTags(image: string, registry: FakeRegistry, now: () => number = Date.now) {
  const database = openDatabase(":memory:");
  const tags = new ImageTags({
    feed: { hostIds: ["Localhost"], containers: () => [fakeContainer("web", { image })] },
    store: new StackStore(database, ""),
    outbound: new OutboundClient({ allow: [{ address: "127.0.0.1", port: registry.port }] }),
    findLogin: () => Promise.resolve(undefined),
    now,
  });
  return { tags, [Symbol.dispose]: () => database.close() };
}

const LISTED = { "app:1.9": DIGEST, "app:1.10": DIGEST, "app:latest": DIGEST };

Deno.test("lists the tags of an image whose registry a container uses, highest numbers first", async () => {
  await using registry = fakeRegistry({ digests: LISTED });
  using opened = openTags(`${registry.name}/other`, registry);
  const { tags, reason } = await opened.tags.list(`${registry.name}/app`);
  assertEquals([tags, reason], [["latest", "1.10", "1.9"], null]);
});

Deno.test("a registry that no stack and no container uses is not asked", async () => {
  await using registry = fakeRegistry({ digests: LISTED });
  using opened = openTags("nginx", registry);
  assertThrows(() => opened.tags.list(`${registry.name}/app`), AppError, "no stack and no container uses");
  assertEquals(registry.requests, []);
});

Deno.test("an answer is remembered for ten minutes", async () => {
  await using registry = fakeRegistry({ digests: LISTED });
  let now = Date.now();
  using opened = openTags(`${registry.name}/app`, registry, () => now);
  const asked = async () => {
    await opened.tags.list(`${registry.name}/app`);
    return registry.requests.filter((request) => request.includes("/tags/list")).length;
  };
  assertEquals([await asked(), await asked()], [1, 1]);
  now += 601_000;
  assertEquals(await asked(), 2);
});

Deno.test("registries are asked about 20 images in a minute at most", async () => {
  await using registry = fakeRegistry({ digests: {} });
  using opened = openTags(`${registry.name}/app`, registry);
  for (let n = 0; n < 20; n++) await opened.tags.list(`${registry.name}/app${n}`);
  assertThrows(() => opened.tags.list(`${registry.name}/more`), AppError, "wait a minute");
});

Deno.test("a registry without the image gives the reason", async () => {
  const answer = () => new Response(null, { status: 404 });
  await using registry = fakeRegistry({ digests: {}, answer });
  using opened = openTags(`${registry.name}/app`, registry);
  const { tags, reason } = await opened.tags.list(`${registry.name}/app`);
  assertEquals([tags, typeof reason], [[], "string"]);
});
