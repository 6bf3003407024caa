import { renderStacks } from "../../../server/cli/stacks/table.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("control characters in a project name are removed from the table", () => {
  const [, line, ...more] = renderStacks([{
    stack_id: null,
    name: "a\x1b]0;x\x07\x1b[2J\nb",
    hostId: "Localhost",
    status: "running",
    managed: false,
    services: [],
    operation: null,
    created_at: null,
    updated_at: null,
  }]);
  assertEquals([line, more], ["-    a ]0;x  [2J b   Localhost   running   0/0", []]);
});
