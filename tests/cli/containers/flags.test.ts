import {
  type ContainerFlags,
  CONTAINERS_HELP,
  toContainerRequest,
} from "../../../server/cli/containers/flags.ts";
import { parseCommandLine, shutsDownGracefully } from "../../../server/cli/main.ts";
import { AppError } from "../../../server/errors.ts";
import { CONTAINER_COMMAND_NAMES } from "../../../server/protocol/container_commands.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../../assert.ts";

const WRONG: readonly (readonly [readonly string[], ContainerFlags, string])[] = [
  [["stpo", "web"], {}, 'Unknown command "containers stpo": did you mean stop?'],
  [["constructor"], {}, 'Unknown command "containers constructor": "dockstat containers --help"'],
  [["ls", "web"], {}, 'Unexpected argument "web"'],
  [["stop"], {}, "expected the name of a container"],
  [["show"], {}, "expected the name of a container"],
  [["show", "one", "two"], {}, 'Unexpected argument "two"'],
  [["stop", "web"], { volumes: true }, '--volumes does not go with "containers stop"'],
  [["kill", "web"], { force: true }, '--force does not go with "containers kill"'],
];

for (const [args, flags, message] of WRONG) {
  Deno.test(`containers ${args.join(" ")} ${JSON.stringify(flags)} is refused`, () => {
    const error = assertThrows(() => toContainerRequest(args, flags), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("lists containers without arguments, and takes several names for a command", () => {
  assertEquals(toContainerRequest([], {}).verb, "ls");
  assertEquals(toContainerRequest(["rm", "a", "b"], { force: true }), {
    verb: "rm",
    names: ["a", "b"],
    flags: { force: true },
  });
});

Deno.test("passes arguments and flags of containers as typed", () => {
  const { containers } = parseCommandLine(["containers", "rm", "007", "--force", "--on", "nas"]);
  assertEquals(containers, { args: ["rm", "007"], flags: { force: true, on: "nas" } });
});

Deno.test("Ctrl-C waits for the end of a cancelled operation", () => {
  assertEquals(shutsDownGracefully(["containers", "stop", "web"]), true);
});

Deno.test("the help text lists every command", () => {
  for (const name of ["ls", "show", "rm", ...CONTAINER_COMMAND_NAMES]) {
    assertStringIncludes(CONTAINERS_HELP, `\n  ${name} `);
  }
});
