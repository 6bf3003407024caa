import { Sizes, toSizes } from "../../server/resources/sizes.ts";
import { assert, assertEquals } from "../assert.ts";
import { imageId, ResourceEngine } from "../fakes/resources/resource_engine.ts";

Deno.test("sizes of images leave out what others share, and -1 is unknown", () => {
  const { images, volumes, containers } = toSizes({
    Images: [{ Id: "a", Size: 100, SharedSize: 30 }, { Id: "b", Size: 100, SharedSize: -1 }, { Size: 1 }],
    Volumes: [{ Name: "v", UsageData: { Size: 7 } }, { Name: "w", UsageData: { Size: -1 } }, { Name: "x" }],
    Containers: [{ Id: "c", SizeRw: 9 }, { Id: "d" }],
  });
  assertEquals([...images], [["a", 70]]);
  assertEquals([...volumes], [["v", 7]]);
  assertEquals([...containers], [["c", 9], ["d", 0]]);
});

Deno.test("a list does not wait for a slow measurement, and a later one has its result", async () => {
  const engine = new ResourceEngine();
  const measured = Promise.withResolvers<unknown>();
  engine.usage = () => measured.promise;
  await using sizes = new Sizes();
  const first = await sizes.of("nas", engine, 1);
  assertEquals(first.images.size, 0);
  assert(first.reason?.includes("takes longer"));
  measured.resolve({ Images: [{ Id: imageId("a"), Size: 5, SharedSize: 0 }] });
  const second = await sizes.of("nas", engine, 10_000);
  assertEquals([second.images.get(imageId("a")), second.reason], [5, null]);
  assertEquals(engine.sent.length, 1);
});

Deno.test("current sizes are not measured again until something was removed", async () => {
  const engine = new ResourceEngine();
  await using sizes = new Sizes();
  for (let count = 0; count < 3; count++) await sizes.of("nas", engine, 10_000);
  assertEquals(engine.sent.length, 1);
  sizes.outdate("nas");
  await sizes.of("nas", engine, 10_000);
  assertEquals(engine.sent.length, 2);
});

Deno.test("an engine that cannot measure is the reason for missing sizes", async () => {
  const engine = new ResourceEngine();
  engine.usage = () => {
    throw new Error("a disk usage operation is already running");
  };
  await using sizes = new Sizes();
  const { reason } = await sizes.of("nas", engine, 10_000);
  assertEquals(reason, "The engine could not measure: a disk usage operation is already running");
});

Deno.test("the end of the server ends a measurement", async () => {
  const engine = new ResourceEngine();
  engine.usage = () => new Promise(() => {});
  const sizes = new Sizes();
  await sizes.of("nas", engine, 1);
  await sizes[Symbol.asyncDispose]();
});
