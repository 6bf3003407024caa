import { OperationNotes } from "../../../server/stacks/progress/operation_notes.ts";
import { WriteRetry } from "../../../server/stacks/progress/write_retry.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { Journal } from "../../../server/store/journal.ts";
import { assertEquals } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";

/** The notes of one operation, with a database in memory and a clock that a test moves. */
function openNotes() {
  const clock = fakeClock();
  const database = openDatabase(":memory:");
  const journal = new Journal(database);
  const writes = new WriteRetry();
  const { operation_id: id } = journal.begin({
    stackId: 1,
    project: "web",
    hostId: "nas",
    target: { kind: "stack", name: "web", id: "1" },
    action: "deploying",
  });
  const notes = new OperationNotes(id, journal, writes, (text) => text.replaceAll("hunter2", "[redacted]"));
  return {
    notes,
    clock,
    database,
    stored: () => journal.notes(id),
    [Symbol.dispose]() {
      writes[Symbol.dispose]();
      database.close();
      clock[Symbol.dispose]();
    },
  };
}

Deno.test("stores a warning at once, and each warning once", () => {
  using it = openNotes();
  assertEquals(["a", "b", "a"].map((text) => it.notes.warn(text)), ["a", "b", undefined]);
  assertEquals(it.stored().warnings, ["a", "b"]);
});

Deno.test("keeps the first 100 warnings", () => {
  using it = openNotes();
  const kept = Array.from({ length: 150 }, (_, number) => it.notes.warn(`warning ${number}`));
  assertEquals(kept.filter((text) => text !== undefined).length, 100);
  assertEquals([it.stored().warnings.length, it.stored().warnings.at(-1)], [100, "warning 99"]);
});

Deno.test("keeps the newest 500 lines of output", () => {
  using it = openNotes();
  for (let number = 1; number <= 1200; number++) it.notes.print(`line ${number}`);
  it.notes.flush();
  const { output } = it.stored();
  assertEquals([output.length, output[0], output.at(-1)], [500, "line 701", "line 1200"]);
});

Deno.test("keeps the newest 200 lines of each step, and the lines of the others", () => {
  using it = openNotes();
  it.notes.print("first", "[1/2] RUN a");
  it.notes.print("note");
  for (let number = 1; number <= 1200; number++) it.notes.print(`line ${number}`, "[2/2] RUN b");
  it.notes.flush();
  const { output } = it.stored();
  assertEquals([output.length, ...output.slice(0, 3), output.at(-1)], [
    202,
    ["[1/2] RUN a", "first"],
    "note",
    ["[2/2] RUN b", "line 1001"],
    ["[2/2] RUN b", "line 1200"],
  ]);
});

Deno.test("keeps 500 lines of all steps together", () => {
  using it = openNotes();
  for (let number = 0; number < 1200; number++) it.notes.print(`line ${number}`, `[${number % 10}/10] RUN a`);
  it.notes.flush();
  assertEquals([it.stored().output.length, it.stored().output[0]], [500, ["[0/10] RUN a", "line 700"]]);
});

Deno.test("cuts secrets out of the name of a step", () => {
  using it = openNotes();
  it.notes.print("hunter2", "RUN login hunter2");
  it.notes.flush();
  assertEquals(it.stored().output, [["RUN login [redacted]", "[redacted]"]]);
});

Deno.test("cuts secrets out before it shortens a text", () => {
  using it = openNotes();
  const text = `${"x".repeat(1995)}hunter2`;
  const shown = `${"x".repeat(1995)}[reda`;
  assertEquals(it.notes.warn(text), shown);
  it.notes.print(text);
  it.notes.flush();
  assertEquals(it.stored(), { warnings: [shown], output: [shown] });
});

Deno.test("warnings that differ only in a secret are one warning", () => {
  using it = openNotes();
  assertEquals([it.notes.warn("no [redacted]"), it.notes.warn("no hunter2")], ["no [redacted]", undefined]);
});

Deno.test("collects the lines of a second, and stores them with the next one", () => {
  using it = openNotes();
  for (const text of ["a", "b", "c"]) it.notes.print(text);
  assertEquals(it.stored().output, ["a"]);
  it.clock.tick(1000);
  it.notes.print("d");
  assertEquals(it.stored().output, ["a", "b", "c", "d"]);
});

Deno.test("a warning also stores the lines that wait", () => {
  using it = openNotes();
  for (const text of ["a", "b"]) it.notes.print(text);
  it.notes.warn("careful");
  assertEquals(it.stored(), { warnings: ["careful"], output: ["a", "b"] });
});

Deno.test("a write that waits for space stores what was known at its time, and the last one wins", () => {
  using it = openNotes();
  it.database.exec("PRAGMA query_only = 1");
  it.notes.warn("early");
  it.notes.warn("late");
  it.database.exec("PRAGMA query_only = 0");
  it.clock.tick(10_000);
  assertEquals(it.stored().warnings, ["early", "late"]);
});
