import { assertEquals } from "../assert.ts";
import { newerTag } from "../../server/registry/newer_tag.ts";

const TAGS = [
  "1.27",
  "1.28",
  "1.9",
  "1.27.4",
  "1.28.1",
  "2.0-alpine",
  "1.28-alpine",
  "v2.0.0",
  "latest",
  "10.0",
  "20240101",
];

const NEWER: Readonly<Record<string, string | undefined>> = {
  "1.27": "10.0",
  "1.27.4": "1.28.1",
  "1.27-alpine": "2.0-alpine",
  "v1.0.0": "v2.0.0",
  "10.0": undefined,
  "latest": undefined,
  "1": undefined,
  "1.27-bookworm": undefined,
};
for (const [tag, newer] of Object.entries(NEWER)) {
  Deno.test(`finds ${newer ?? "nothing"} after ${tag}`, () => assertEquals(newerTag(tag, TAGS), newer));
}

Deno.test("a hostile list of tags is compared in linear time", () => {
  const tags = Array.from({ length: 5000 }, (_, index) => `${"1".repeat(60)}.${index}${"-".repeat(60)}`);
  assertEquals(newerTag("1.0", tags), undefined);
});
