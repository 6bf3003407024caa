import { Downloads } from "../../server/access/downloads.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("an address returns its path once", () => {
  const downloads = new Downloads();
  const id = downloads.issue("/logs?tail=5");
  assertEquals([downloads.take(id), downloads.take(id)], ["/logs?tail=5", undefined]);
});

Deno.test("addresses are random, with 256 bits", () => {
  const downloads = new Downloads();
  const [one, other] = [downloads.issue("/logs"), downloads.issue("/logs")];
  assert(one !== other && /^[\w-]{43}$/.test(one), one);
});

Deno.test("an unknown address has no path", () => {
  const downloads = new Downloads();
  downloads.issue("/logs");
  for (const id of ["", "__proto__", "constructor", "x".repeat(43)]) {
    assertEquals(downloads.take(id), undefined);
  }
});

Deno.test("an address expires after a minute", () => {
  let now = 0;
  const downloads = new Downloads(() => now);
  const [early, late] = [downloads.issue("/logs"), downloads.issue("/logs")];
  now = 59_999;
  assertEquals(downloads.take(early), "/logs");
  now = 60_000;
  assertEquals(downloads.take(late), undefined);
});

Deno.test("an address ends with the session that requested it", () => {
  const downloads = new Downloads();
  const session = new AbortController();
  const id = downloads.issue("/logs", session.signal);
  session.abort();
  assertEquals(downloads.take(id), undefined);
});

Deno.test("the oldest address is dropped for one too many, after those that have expired", () => {
  let now = 0;
  const downloads = new Downloads(() => now, 2);
  const [first, second, third] = ["/a", "/b", "/c"].map((path) => downloads.issue(path));
  assertEquals([first, second].map((id) => downloads.take(id!)), [undefined, "/b"]);
  now = 50_000;
  const kept = downloads.issue("/d");
  now = 61_000;
  downloads.issue("/e");
  assertEquals([downloads.take(third!), downloads.take(kept)], [undefined, "/d"]);
});

Deno.test("a path can be read before its address is used, and not afterwards", () => {
  let now = 0;
  const downloads = new Downloads(() => now);
  const id = downloads.issue("/stacks/1/compose");
  assertEquals(
    [downloads.peek(id), downloads.peek(id), downloads.take(id)],
    new Array(3).fill("/stacks/1/compose"),
  );
  assertEquals([downloads.peek(id), downloads.peek("other")], [undefined, undefined]);
  const late = downloads.issue("/logs");
  now = 60_000;
  assertEquals(downloads.peek(late), undefined);
});
