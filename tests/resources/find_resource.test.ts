import { AppError } from "../../server/errors.ts";
import { findTarget, idOf as idOfTarget, nameOf } from "../../server/resources/find_resource.ts";
import { toImages, toNetworks, toVolumes } from "../../server/resources/listed.ts";
import { NOT_MEASURED } from "../../server/resources/sizes.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { idOf } from "../fakes/engine.ts";
import { imageId, rawImage, rawNetwork, rawVolume } from "../fakes/resources/resource_engine.ts";

const CONTEXT = { hostId: "nas", containers: [], sizes: NOT_MEASURED };
const IMAGES = toImages([rawImage("base", ["base:1", "base:latest"]), rawImage("loose")], CONTEXT);

function tagOf(text: string, tag?: string): string | undefined {
  const target = findTarget("image", IMAGES, text, tag);
  return target.kind === "image" ? target.tag : "none";
}

Deno.test("an image is found by its id or 12 digits of it, with all its tags", () => {
  for (const text of [imageId("base"), idOf("base"), idOf("base").slice(0, 12)]) {
    assertEquals(tagOf(text), undefined);
  }
});

Deno.test("a tag means that tag alone, in the path or beside it", () => {
  assertEquals(tagOf("base:1"), "base:1");
  assertEquals(tagOf("base"), "base:latest");
  assertEquals(tagOf(imageId("base"), "base:1"), "base:1");
});

Deno.test("an image is named by its tag, or by the start of its id", () => {
  assertEquals(nameOf(findTarget("image", IMAGES, imageId("base"), undefined)), "base:1");
  assertEquals(nameOf(findTarget("image", IMAGES, imageId("loose"), undefined)), idOf("loose").slice(0, 12));
});

for (
  const text of ["", "ba", idOf("base").slice(0, 11), "sha256:", "base:2", imageId("base").toUpperCase()]
) {
  Deno.test(`"${text.slice(0, 20)}" names no image`, () => {
    assertThrows(() => findTarget("image", IMAGES, text, undefined), AppError, "There is no image");
  });
}

Deno.test("a tag of another image is not found", () => {
  assertThrows(
    () => findTarget("image", IMAGES, imageId("loose"), "base:1"),
    AppError,
    'with the tag "base:1"',
  );
});

Deno.test("a volume is found by its whole name only", () => {
  const volumes = toVolumes([rawVolume("data")], CONTEXT);
  assertEquals(idOfTarget(findTarget("volume", volumes, "data", undefined)), "data");
  assertThrows(() => findTarget("volume", volumes, "dat", undefined), AppError, "the name of a volume");
});

Deno.test("a name that two networks share names neither", () => {
  const twins = toNetworks([rawNetwork("a", { Name: "twin" }), rawNetwork("b", { Name: "twin" })], CONTEXT);
  assertThrows(() => findTarget("network", twins, "twin", undefined), AppError, "There is no network");
  assertEquals(idOfTarget(findTarget("network", twins, idOf("a"), undefined)), idOf("a"));
});
