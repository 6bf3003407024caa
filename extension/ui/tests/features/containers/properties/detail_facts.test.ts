import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  bytesLimit,
  commandText,
  exitText,
  momentText,
  policyText,
  resourceLink,
  stackLink,
} from "../../../../src/features/containers/properties/detail_facts.ts";
import { details } from "../../../fakes/details.ts";

Deno.test("quotes the parts of a command that a shell would split", () => {
  assertEquals(commandText(["sh", "-c", "echo a; echo b"]), "sh -c 'echo a; echo b'");
  assertEquals([commandText([]), commandText(null)], [null, null]);
});

Deno.test("a container that never started has no time", () => {
  assertEquals([momentText("0001-01-01T00:00:00Z"), momentText(null)], [null, null]);
});

Deno.test("shows a restart policy as Docker writes it", () => {
  assertEquals(policyText({ name: "on-failure", maximumRetryCount: 3 }), "on-failure:3");
  assertEquals(policyText({ name: "always", maximumRetryCount: 0 }), "always");
  assertEquals(policyText({ name: null, maximumRetryCount: null }), "no");
});

Deno.test("only an ended container has an exit code", () => {
  assertEquals(exitText(details({ state: "running", exitCode: 0 })), null);
  assertEquals(exitText(details({ state: "exited", exitCode: 3 })), "3");
  assertEquals(exitText(details({ state: "exited", exitCode: 137, oomKilled: true })), "137, out of memory");
});

Deno.test("names a missing limit", () => {
  assertEquals([bytesLimit(null), bytesLimit(1024 ** 2)], ["No limit", "1.00 MiB"]);
});

Deno.test("links to the stack, or to the project that DockStat did not create", () => {
  const of = (stack_id: number | null, project: string | null) =>
    stackLink({ stack_id, project, hostId: "Localhost" });
  assertEquals([of(3, "shop"), of(null, "a b"), of(null, null)], [
    "#/stacks/3",
    "#/stacks/project/Localhost/a%20b",
    undefined,
  ]);
});

Deno.test("an image or volume links to its list, on its host alone", () => {
  assertEquals(resourceLink("images", "nas", "a/b:1"), "#/resources/images?host=nas&q=a%2Fb%3A1");
});
