import {
  type ExtraFlags,
  joinValues,
  refuseExtras,
  takeVersionNumber,
} from "../../server/cli/command_flags.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const REFUSED: readonly (readonly [string, readonly string[], ExtraFlags, string])[] = [
  ["serve", ["now"], {}, 'Unexpected argument "now" after "serve"'],
  ["serve", [], { volumes: true }, '--volumes goes with "dockstat stacks" and "dockstat containers" only'],
  [
    "stacks",
    ["rm", "web"],
    { force: true },
    '--force goes with "dockstat containers" and "dockstat restore" only',
  ],
  ["containers", ["ls"], { tail: "5" }, '--tail goes with "dockstat stacks" and "dockstat logs" only'],
  ["serve", [], { rotate: true }, '--rotate goes with "dockstat token" only'],
  ["stats", [], { tail: "5" }, '--tail goes with "dockstat stacks" and "dockstat logs" only'],
  ["logs", [], { file: "compose.yaml" }, '--file goes with "dockstat stacks" only'],
  ["hosts", ["ls", "nas"], {}, 'Unexpected argument "nas" after "hosts"'],
  ["hosts", ["rm"], {}, 'Unexpected argument "rm" after "hosts"'],
  ["check", ["ls"], {}, 'Unexpected argument "ls" after "check"'],
  ["constructor", [], { tail: "5" }, "--tail goes with"],
];

for (const [command, args, flags, message] of REFUSED) {
  Deno.test(`dockstat ${[command, ...args].join(" ")} ${JSON.stringify(flags)} is refused`, () => {
    const error = assertThrows(() => refuseExtras(command, args, flags), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("each command accepts its own flags and arguments", () => {
  refuseExtras("stacks", ["rm", "web"], { volumes: true, on: "nas" });
  refuseExtras("containers", ["rm", "web"], { volumes: true, force: true, on: "nas" });
  refuseExtras("logs", ["web"], { tail: "5", container: "web", follow: true });
  refuseExtras("stats", ["web"], { sort: "cpu", noStream: true, on: "nas" });
  refuseExtras("token", [], { rotate: true });
  refuseExtras("bridge", ["/docker/stats"], {});
});

Deno.test('commands that only list something accept "ls"', () => {
  for (const command of ["hosts", "images", "volumes", "networks", "updates"]) {
    refuseExtras(command, ["ls"], {});
  }
});

Deno.test("a lone dash after --file and --env-file is joined to them", () => {
  const join = (...argv: readonly string[]) => joinValues(argv, ["file", "env-file", "tail"]);
  assertEquals(join("set", "--file", "-", "--env-file", "a"), ["set", "--file=-", "--env-file", "a"]);
  assertEquals(join("-", "--env-file", "-"), ["-", "--env-file=-"]);
  assertEquals(join("--tail", "-"), ["--tail", "-"]);
});

Deno.test("an empty value, a negative number and a token that begins with a dash are joined to their flag", () => {
  const join = (...argv: readonly string[]) => joinValues(argv, ["token", "port"]);
  assertEquals(join("--token", "", "--port", "-1"), ["--token=", "--port=-1"]);
  assertEquals(join("--token", "-Ab_c"), ["--token=-Ab_c"]);
  assertEquals(join("--port", "--no-auth"), ["--port", "--no-auth"]);
  assertEquals(join("--port", "-h"), ["--port", "-h"]);
  assertEquals(join("--no-auth", "-1"), ["--no-auth", "-1"]);
});

Deno.test("--version with a number is taken from the arguments of stacks only", () => {
  const taken = ["stacks", "diff", "--version", "3", "web"];
  assertEquals(takeVersionNumber(taken), { rest: ["stacks", "diff", "web"], number: "3" });
  assertEquals(takeVersionNumber(["stacks", "diff", "--version=4"]), {
    rest: ["stacks", "diff"],
    number: "4",
  });
  for (
    const rest of [["--version"], ["--version", "stacks"], ["stacks", "--version"], [
      "stats",
      "--version",
      "3",
    ]]
  ) {
    assertEquals(takeVersionNumber(rest), { rest, number: undefined });
  }
});
