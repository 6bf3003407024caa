import { GrowingBytes } from "../../../server/docker/text/growing_bytes.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("joins pieces whose memory is used again, and begins again without them", () => {
  const bytes = new GrowingBytes();
  const piece = new Uint8Array(3);
  for (let value = 1; value <= 4; value++) bytes.append(piece.fill(value).subarray(0, value % 4));
  assertEquals([bytes.length, [...bytes.take()]], [6, [1, 2, 2, 3, 3, 3]]);
  bytes.append(piece.fill(9));
  assertEquals([[...bytes.take()], bytes.length], [[9, 9, 9], 0]);
});
