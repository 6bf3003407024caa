import { toImages, toNetworks, toVolumes } from "../../server/resources/listed.ts";
import { NOT_MEASURED } from "../../server/resources/sizes.ts";
import { usingContainers } from "../../server/resources/users.ts";
import { assert, assertEquals } from "../assert.ts";
import { idOf } from "../fakes/engine.ts";
import {
  imageId,
  type Raw,
  rawContainer,
  rawImage,
  rawNetwork,
  rawVolume,
} from "../fakes/resources/resource_engine.ts";

function context(...containers: readonly Raw[]) {
  return { hostId: "nas", containers: usingContainers(containers), sizes: NOT_MEASURED };
}

function usersOf(items: readonly { readonly usedBy: readonly { readonly name: string }[] }[]): string[] {
  return items.flatMap(({ usedBy }) => usedBy.map(({ name }) => name));
}

for (const State of ["created", "running", "paused", "restarting", "exited", "dead"]) {
  Deno.test(`a container that is ${State} uses its image, its volumes and its networks`, () => {
    const all = context(rawContainer("web", {
      State,
      ImageID: imageId("base"),
      Mounts: [{ Type: "volume", Name: "data" }],
      NetworkSettings: { Networks: { back: { NetworkID: "" } } },
    }));
    assertEquals(usersOf(toImages([rawImage("base", ["base:1"])], all)), ["web"]);
    assertEquals(usersOf(toVolumes([rawVolume("data")], all)), ["web"]);
    assertEquals(usersOf(toNetworks([rawNetwork("back")], all)), ["web"]);
  });
}

Deno.test("a container that mounts the folder of a volume uses the volume", () => {
  const Mountpoint = "/var/lib/docker/volumes/data/_data";
  const volumes = (Source: string) =>
    toVolumes(
      [rawVolume("data", { Mountpoint })],
      context(rawContainer("web", { Mounts: [{ Type: "bind", Source }] })),
    );
  assertEquals(usersOf(volumes(Mountpoint)), ["web"]);
  assertEquals(usersOf(volumes(`${Mountpoint}/sub`)), ["web"]);
  assertEquals(usersOf(volumes(`${Mountpoint}2`)), []);
});

Deno.test("the projects of a volume are the one that its label names, and those of its users", () => {
  const [volume] = toVolumes(
    [rawVolume("data", { Labels: { "com.docker.compose.project": "shop" } })],
    context(rawContainer("web", {
      Labels: { "com.docker.compose.project": "blog", "com.docker.compose.service": "db" },
      Mounts: [{ Type: "volume", Name: "data" }],
    })),
  );
  assertEquals(volume?.projects, ["blog", "shop"]);
  assertEquals(volume?.usedBy[0]?.service, "db");
});

Deno.test("a container does not use an image that has taken its tag over", () => {
  const all = context(rawContainer("web", { ImageID: imageId("old"), Image: "base:1" }));
  assertEquals(usersOf(toImages([rawImage("new", ["base:1"])], all)), []);
});

Deno.test("a container without the id of its image is found by the tag", () => {
  const all = context(rawContainer("web", { Image: "base:1" }));
  assertEquals(usersOf(toImages([rawImage("base", ["base:1"])], all)), ["web"]);
});

Deno.test("an image without a tag is dangling, and <none> does not count as one", () => {
  const [image] = toImages([rawImage("base", ["<none>:<none>"])], context());
  assertEquals([image?.tags, image?.dangling], [[], true]);
});

Deno.test("networks of the engine are predefined", () => {
  const networks = ["bridge", "host", "none", "shop_default"].map((name) => rawNetwork(name));
  const ingress = rawNetwork("swarm", { Ingress: true });
  const found = toNetworks([...networks, ingress], context()).filter(({ predefined }) => predefined);
  assertEquals(found.map(({ name }) => name), ["bridge", "host", "none", "swarm"]);
});

Deno.test("entries whose id or name is not one of the engine's grammar are left out", () => {
  const odd = ["../prune", "a/b", "", "a?force=1", "%2e", 7, null];
  assertEquals(toVolumes(odd.map((Name) => rawVolume("x", { Name })), context()), []);
  assertEquals(toNetworks(odd.map((Id) => rawNetwork("x", { Id })), context()), []);
  assertEquals(toImages(odd.map((Id) => rawImage("x", [], { Id })), context()), []);
  const [image] = toImages(
    [rawImage("x", ["a/../../volumes/prune", "../a:1", "a:1?x", "ok/a:1"])],
    context(),
  );
  assertEquals(image?.tags, ["ok/a:1"]);
});

Deno.test("a size that is not measured has a reason", () => {
  const [image] = toImages([rawImage("base")], context());
  const [volume] = toVolumes([rawVolume("data")], context());
  assert(image?.uniqueBytes === null && image.sizeReason !== null);
  assert(volume?.sizeBytes === null && volume.sizeReason !== null);
  const sizes = { ...NOT_MEASURED, volumes: new Map([["data", 5]]) };
  assertEquals(toVolumes([rawVolume("data")], { ...context(), sizes })[0]?.sizeReason, null);
});

Deno.test("a container with an invalid id is left out", () => {
  assertEquals(usingContainers([rawContainer("web", { Id: idOf("web").slice(1) })]), []);
});
