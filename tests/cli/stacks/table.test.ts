import { renderStacks } from "../../../server/cli/stacks/table.ts";
import type { Stack } from "../../../server/protocol/stacks.ts";
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
    last_operation: null,
    pending_changes: false,
    created_at: null,
    updated_at: null,
  }]);
  assertEquals([line, more], ["-    a ]0;x  [2J b   Localhost   running   0/0", []]);
});

function stack(stack_id: number | null, name: string, hostId: string, more: Partial<Stack> = {}): Stack {
  const state = { status: "running", pending_changes: false, operation: null, last_operation: null } as const;
  const rest = { ...state, managed: stack_id !== null, services: [] };
  return { stack_id, name, hostId, ...rest, created_at: null, updated_at: null, ...more };
}

Deno.test("lists stacks by id, then projects by host and name", () => {
  const lines = renderStacks([
    stack(null, "b", "nas"),
    stack(10, "ten", "nas"),
    stack(null, "c", "Localhost"),
    stack(2, "two", "nas"),
    stack(null, "a", "nas"),
  ]);
  assertEquals(lines.slice(1).map((line) => line.split(/ +/)[1]), ["two", "ten", "c", "a", "b"]);
});

Deno.test("counts the running containers of all that are wanted", () => {
  const service = (name: string, replicas: number, wanted: number) => (
    {
      name,
      state: "running",
      health: null,
      exitCode: null,
      containerId: "0".repeat(64),
      replicas,
      wanted,
      containers: [],
    }
  );
  const services = [service("web", 1, 3), service("db", 1, 1), service("old", 1, 0)];
  const [, line] = renderStacks([stack(1, "shop", "nas", { services })]);
  assertEquals(line?.split(/ {3,}/).at(-1), "3/5");
});

Deno.test("marks a stack whose stored text is not what runs", () => {
  const [, line] = renderStacks([stack(1, "shop", "nas", { pending_changes: true })]);
  assertEquals(line?.split(/ {3,}/)[3], "running, changes not deployed");
});

Deno.test("a stack that was never deployed has no pending changes to mention", () => {
  const [, line] = renderStacks([
    stack(1, "shop", "nas", { status: "never_deployed", pending_changes: true }),
  ]);
  assertEquals(line?.split(/ {3,}/)[3], "never deployed");
});
