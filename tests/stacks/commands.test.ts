import { byName, type CommandOptions, composeRuns } from "../../server/stacks/commands.ts";
import type { Command } from "../../server/protocol/commands.ts";
import { assertEquals } from "../assert.ts";

const UP = ["up", "-d", "--remove-orphans"];
const PULL = ["pull", "--ignore-buildable"];

const CASES: readonly (readonly [command: Command, options: CommandOptions, runs: string[][]])[] = [
  ["deploy", {}, [UP]],
  ["deploy", { build: ["a", "b"] }, [["build", "a", "b"], UP]],
  ["deploy", { build: "all" }, [[...UP, "--build"]]],
  ["deploy", { recreate: "all" }, [[...UP, "--force-recreate"]]],
  ["deploy", { build: "all", recreate: "all" }, [[...UP, "--build", "--force-recreate"]]],
  ["deploy", { recreate: ["a"] }, [UP, ["up", "-d", "--no-deps", "--force-recreate", "a"]]],
  ["update", {}, [PULL, UP]],
  ["update", { build: ["a"] }, [PULL, ["build", "--pull", "a"], UP]],
  ["update", { service: "a" }, [[...PULL, "a"], ["up", "-d", "--no-deps", "a"]]],
  ["update", { service: "a", build: ["a"] }, [[...PULL, "a"], ["build", "--pull", "a"], [
    "up",
    "-d",
    "--no-deps",
    "a",
  ]]],
  ["pull", {}, [PULL]],
  ["pull", { service: "a" }, [[...PULL, "a"]]],
  ["start", {}, [["start"]]],
  ["start", { service: "a" }, [["start", "a"]]],
  ["restart", { service: "a" }, [["restart", "a"]]],
  ["stop", {}, [["--profile", "*", "stop"]]],
  ["stop", { service: "a" }, [["--profile", "*", "stop", "a"]]],
  ["remove", {}, [["--profile", "*", "down", "--remove-orphans"]]],
  ["remove", { volumes: true }, [["--profile", "*", "down", "--remove-orphans", "--volumes"]]],
];

for (const [command, options, runs] of CASES) {
  Deno.test(`Compose runs of ${command} with ${JSON.stringify(options)}`, () => {
    assertEquals(composeRuns(command, options), runs);
  });
}

Deno.test("a project without files has no profiles", () => {
  assertEquals(byName(composeRuns("stop", {})), [["stop"]]);
  assertEquals(byName([["start"]]), [["start"]]);
});
