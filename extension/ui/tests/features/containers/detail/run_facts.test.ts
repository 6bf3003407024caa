import { exitMeaning, isFailure, runFacts } from "../../../../src/features/containers/detail/life.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { details } from "../../../fakes/details.ts";
import { message } from "../../../fakes/messages.ts";

const END = [
  [0, false, "Exit 0: completed", false],
  [1, false, "Exit 1", true],
  [127, false, "Exit 127: command not found", true],
  [137, false, "Exit 137: killed, or stopped after its timeout", false],
  [137, true, "Exit 137: out of memory", true],
  [143, null, "Exit 143: stopped", false],
  [159, null, "Exit 159: signal 31", true],
] as const;

for (const [exitCode, oomKilled, text, failed] of END) {
  Deno.test(`explains exit code ${exitCode}, ${oomKilled ? "" : "not "}out of memory`, () => {
    const runs = { restartCount: null, exitCode, oomKilled };
    assertEquals([exitMeaning(runs), isFailure(runs)], [text, failed]);
  });
}

Deno.test("a running container has no exit code, even if its last run ended with one", () => {
  const { exitCode } = runFacts(message(), details({ exitCode: 3 }));
  assertEquals(exitCode, null);
  assertEquals(exitMeaning({ restartCount: null, exitCode, oomKilled: null }), undefined);
});

Deno.test("reads the exit code from the status text of an older server", () => {
  const { exitCode } = runFacts(
    message({ state: "exited", status: "Exited (137) 3 minutes ago" }),
    undefined,
  );
  assertEquals(exitCode, 137);
});

Deno.test("prefers the keys of the frame to the details", () => {
  const frame = { ...message({ state: "exited" }), restartCount: 7, exitCode: 2, oomKilled: true };
  assertEquals(runFacts(frame, details()), { restartCount: 7, exitCode: 2, oomKilled: true });
});
