import { parseCommandLine } from "../../../server/cli/main.ts";
import { toLogRequest } from "../../../server/cli/logs/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("turns the flags of logs into the options of its socket", () => {
  assertEquals(toLogRequest({}), { tail: "100" });
  assertEquals(toLogRequest({ level: "WARN", tail: "5" }), { level: "warn", tail: "5" });
  assertEquals(toLogRequest({ container: "web", on: "nas", tail: "0" }), {
    container: "web",
    host: "nas",
    tail: "0",
  });
});

Deno.test("separates the flags of logs from those of the server", () => {
  const { command, flags, logs } = parseCommandLine([
    "logs",
    "--container",
    "web",
    "--port",
    "1",
    "--tail=5",
  ]);
  assertEquals([command, flags, logs], ["logs", { port: "1" }, { container: "web", tail: "5" }]);
});

const WRONG: readonly (readonly [args: readonly string[], message: string])[] = [
  [["logs", "--level", "loud"], '--level: found "loud": expected one of debug, info, warn, error, fatal'],
  [["logs", "--tail=-1"], '--tail: found "-1": expected a whole number'],
  [["logs", "--tail", "100001"], "expected a whole number from 0 to 100000"],
  [["logs", "--container", "web", "--level", "warn"], "--level does not go with --container"],
  [["logs", "--on", "nas"], "--on goes with --container only"],
  [["logs", "web"], 'Unexpected argument "web" after "logs"'],
  [["logs", "--container"], "--container: expected a value"],
  [["logs", "--file", "compose.yaml"], '--file goes with "dockstat stacks" only'],
  [["logs", "--volumes"], '--volumes goes with "dockstat stacks" and "dockstat containers" only'],
  [["logs", "--contaner", "web"], "did you mean --container?"],
  [["stacks", "--level", "warn"], '--level goes with "dockstat logs" only'],
  [["stats", "--container", "web"], '--container goes with "dockstat logs" only'],
  [["serve", "--tail", "5"], '--tail goes with "dockstat stacks" and "dockstat logs" only'],
];

for (const [args, message] of WRONG) {
  Deno.test(`dockstat ${args.join(" ")} is refused`, () => {
    const error = assertThrows(() => toLogRequest(parseCommandLine(args).logs ?? {}), AppError, message);
    assertEquals(error.code, "usage");
  });
}
