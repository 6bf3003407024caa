import { runFacts } from "../../../../src/features/containers/detail/run_facts.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { details } from "../../../fakes/details.ts";
import { message } from "../../../fakes/messages.ts";

Deno.test("a running container has no exit code, even if its last run ended with one", () => {
  assertEquals(runFacts(message(), details({ exitCode: 3 })).exitCode, null);
});

Deno.test("reads the exit code from the status text before the first inspection", () => {
  const ended = message({ state: "exited", status: "Exited (137) 3 minutes ago", exitCode: null });
  assertEquals(runFacts(ended, undefined).exitCode, 137);
});

Deno.test("prefers the keys of the frame to the details", () => {
  const frame = message({ state: "exited", restartCount: 7, exitCode: 2, oomKilled: true });
  assertEquals(runFacts(frame, details()), { restartCount: 7, exitCode: 2, oomKilled: true });
});
