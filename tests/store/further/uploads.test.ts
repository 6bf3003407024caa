import { AppError } from "../../../server/errors.ts";
import { Uploads } from "../../../server/store/further/uploads.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const MIB = 1024 * 1024;

Deno.test("an upload is found by its digest", () => {
  const uploads = new Uploads();
  const bytes = new Uint8Array([1, 2]);
  assertEquals(uploads.get(uploads.add(bytes)), bytes);
});

Deno.test("an unknown upload is refused as invalid", () => {
  const error = assertThrows(() => new Uploads().get("0".repeat(64)), AppError, "upload the file again");
  assertEquals([error.code, error.issues?.[0]?.path], ["invalid", "files"]);
});

Deno.test("uploads are kept for an hour", () => {
  let now = 0;
  const uploads = new Uploads(() => now);
  const digest = uploads.add(new Uint8Array(1));
  now = 3_599_999;
  assertEquals(uploads.get(digest).length, 1);
  now = 3_600_000;
  assertThrows(() => uploads.get(digest), AppError);
});

Deno.test("the oldest uploads go beyond 32 MiB, and one that is repeated counts as new", () => {
  const uploads = new Uploads();
  const digests = Array.from({ length: 32 }, (_, index) => uploads.add(new Uint8Array(MIB).fill(index)));
  uploads.add(new Uint8Array(MIB).fill(0));
  uploads.add(new Uint8Array(MIB).fill(100));
  assertEquals(uploads.get(digests[0]!).length, MIB);
  assertThrows(() => uploads.get(digests[1]!), AppError);
});

Deno.test("2,000 uploads are kept at most", () => {
  const uploads = new Uploads();
  const digests = Array.from(
    { length: 2001 },
    (_, index) => uploads.add(new TextEncoder().encode(`${index}`)),
  );
  assertThrows(() => uploads.get(digests[0]!), AppError);
  assertEquals(uploads.get(digests[1]!).length, 1);
});
