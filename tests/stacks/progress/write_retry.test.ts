import { WriteRetry } from "../../../server/stacks/progress/write_retry.ts";
import { assertEquals } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";

/** A disk that can be full, and the writes that it has stored. */
class Disk {
  full = false;
  attempts = 0;
  readonly stored: string[] = [];

  /** Returns a write that fails while the disk is full. */
  readonly write = (text: string) => () => {
    this.attempts++;
    if (this.full) throw new Error("database or disk is full");
    this.stored.push(text);
  };
}

/** Longer than the delay before a retry, ms. */
const LONG_MS = 10_000;

Deno.test("writes at once while the disk has space", () => {
  using writes = new WriteRetry();
  const disk = new Disk();
  writes.write(disk.write("a"));
  assertEquals(disk.stored, ["a"]);
});

Deno.test("stores every write once and in order when the disk was full", () => {
  using clock = fakeClock();
  using writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  for (const text of ["a", "b", "c"]) writes.write(disk.write(text));
  clock.tick(LONG_MS);
  assertEquals(disk.stored, []);
  disk.full = false;
  clock.tick(LONG_MS);
  assertEquals(disk.stored, ["a", "b", "c"]);
});

Deno.test("a new write stores those that wait before it", () => {
  using _clock = fakeClock();
  using writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  writes.write(disk.write("a"));
  disk.full = false;
  writes.write(disk.write("b"));
  assertEquals(disk.stored, ["a", "b"]);
});

Deno.test("tries no write again that is stored", () => {
  using clock = fakeClock();
  using writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  writes.write(disk.write("a"));
  disk.full = false;
  writes.write(disk.write("b"));
  const { attempts } = disk;
  clock.tick(LONG_MS);
  assertEquals(disk.attempts, attempts);
});

Deno.test("a write that fails in the middle of the queue is the first of the next attempt", () => {
  using clock = fakeClock();
  using writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  writes.write(disk.write("a"));
  writes.write(() => {
    disk.write("b")();
    // The space is used up by the second write.
    disk.full = true;
  });
  writes.write(disk.write("c"));
  disk.full = false;
  clock.tick(1000);
  assertEquals(disk.stored, ["a", "b"]);
  disk.full = false;
  clock.tick(LONG_MS);
  assertEquals(disk.stored, ["a", "b", "c"]);
});

Deno.test("attempts nothing after it is disposed", () => {
  using clock = fakeClock();
  const writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  writes.write(disk.write("a"));
  writes[Symbol.dispose]();
  disk.full = false;
  clock.tick(LONG_MS);
  assertEquals(disk.stored, []);
});

Deno.test("leaves no timer after it is disposed", () => {
  // The real clock, so that the leak sanitizer finds the timer.
  using writes = new WriteRetry();
  const disk = new Disk();
  disk.full = true;
  writes.write(disk.write("a"));
  writes.write(disk.write("b"));
});
