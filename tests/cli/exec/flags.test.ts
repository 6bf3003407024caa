import { parseCommandLine } from "../../../server/cli/main.ts";
import { takeCommand, toExecRequest } from "../../../server/cli/exec/flags.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { AppError } from "../../../server/errors.ts";

Deno.test("everything behind the name of the container is the command", () => {
  const cases: [string, string[], string[]][] = [
    ["exec web", ["exec", "web"], []],
    ["exec web ls -la --user x", ["exec", "web"], ["ls", "-la", "--user", "x"]],
    ["exec --user www web sh -c id", ["exec", "--user", "www", "web"], ["sh", "-c", "id"]],
    ["--port 1 exec --user=www web -- -x", ["--port", "1", "exec", "--user=www", "web"], ["-x"]],
    ["logs exec web", ["logs", "exec", "web"], []],
    ["exec --help", ["exec", "--help"], []],
  ];
  for (const [line, rest, cmd] of cases) {
    assertEquals(takeCommand(line.split(" "), ["user", "port"]), { rest, cmd }, line);
  }
});

Deno.test("flags of the command are not those of DockStat", () => {
  const { exec, args, flags, help } = parseCommandLine([
    "exec",
    "--host",
    "nas",
    "web",
    "ls",
    "--help",
    "--no-auth",
  ]);
  assertEquals([exec?.cmd, args, flags, help], [
    ["ls", "--help", "--no-auth"],
    ["web"],
    { host: "nas" },
    false,
  ]);
});

Deno.test("exec without a container is refused", () => {
  assertThrows(() => toExecRequest([], { cmd: [] }, undefined), AppError, "expected the name of a container");
});

Deno.test("--user belongs to exec only", () => {
  assertThrows(
    () => parseCommandLine(["logs", "--user", "x"]),
    AppError,
    '--user goes with "dockstat exec" only',
  );
});
