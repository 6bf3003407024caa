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
    created_at: null,
    updated_at: null,
  }]);
  assertEquals([line, more], ["-    a ]0;x  [2J b   Localhost   running   0/0", []]);
});

function stack(stack_id: number | null, name: string, hostId: string, more: Partial<Stack> = {}): Stack {
  const rest = { status: "running", managed: stack_id !== null, services: [], operation: null } as const;
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

Deno.test("counts services, not containers", () => {
  const service = (name: string, state: "running" | "exited") => (
    { name, state, health: null, exitCode: 0, containerId: "0".repeat(64) }
  );
  const services = [service("web", "running"), service("web", "running"), service("db", "exited")];
  const [, line] = renderStacks([stack(1, "shop", "nas", { services })]);
  assertEquals(line?.split(/ {3,}/).at(-1), "1/2");
});
