import { type NoteFacts, notesOf } from "../../../../src/features/containers/charts/notes.ts";
import { samplesOf } from "../../../../src/features/containers/charts/data/samples.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";

const facts = (changes: Partial<NoteFacts> = {}): NoteFacts => ({
  message: { state: "running" },
  host: { hostId: "nas", state: "up", since: "2026-08-01T12:00:00Z" },
  histories: { loading: false, limitation: undefined },
  containers: [{ samples: samplesOf([[1000, 1, 1, 1, 1, 1, 1]]) }],
  span: { from: 0, to: 60_000 },
  ...changes,
});

Deno.test("complete charts have no notes", () => {
  assertEquals(notesOf(facts()), []);
});

Deno.test("names a silent host instead of a stopped container", () => {
  const notes = notesOf(facts({ host: { hostId: "nas", state: "down", since: "2026-08-01T12:00:00Z" } }));
  assertEquals(notes.length, 1);
  assert(notes[0]?.startsWith("No data: host nas has not answered since"));
});

Deno.test("explains a stopped container and an incomplete history", () => {
  const notes = notesOf(facts({
    message: { state: "exited" },
    histories: { loading: false, limitation: "Sign in." },
    containers: [{ samples: samplesOf([[40_000, 1, 1, 1, 1, 1, 1]]) }],
  }));
  assertEquals([notes.length, notes[1]], [3, "Sign in."]);
  assert(notes[0]?.includes("exited") && notes[2]?.startsWith("Measurements start at"));
});

Deno.test("does not report missing measurements before the history has arrived", () => {
  const notes = notesOf(facts({ histories: { loading: true, limitation: undefined }, containers: [] }));
  assertEquals(notes, ["Loading the history…"]);
});
