import { Buffer } from "node:buffer";
// @ts-types="../../tools/pictures/pngjs.d.ts"
import { PNG } from "pngjs";
import { compare } from "../../tools/pictures/compare.ts";
import { assert, assertEquals } from "../assert.ts";

/** A white picture with some black pixels at its start. */
function picture(width: number, black: number): Uint8Array {
  const png = new PNG({ width, height: 10 });
  png.data.fill(255);
  for (let pixel = 0; pixel < black; pixel++) png.data.set([0, 0, 0, 255], pixel * 4);
  return Buffer.from(PNG.sync.write(png));
}

Deno.test("equal pictures do not differ", () => {
  assertEquals(compare(picture(10, 5), picture(10, 5)).percent, 0);
});

Deno.test("reports the share of the pixels that differ, and shows them", () => {
  const { percent, picture: shown } = compare(picture(10, 0), picture(10, 30));
  assertEquals(percent, 30);
  assert(shown !== undefined);
});

Deno.test("pictures of different sizes differ completely", () => {
  assertEquals(compare(picture(10, 0), picture(20, 0)), { percent: 100, picture: undefined });
});
