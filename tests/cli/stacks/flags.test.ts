import { parseCommandLine } from "../../../server/cli/main.ts";
import { type StackFlags, toStackRequest } from "../../../server/cli/stacks/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const WRONG: readonly (readonly [readonly string[], StackFlags, string])[] = [
  [["lst"], {}, 'Unknown command "stacks lst": did you mean ls?'],
  [["nonsense"], {}, 'Unknown command "stacks nonsense": "dockstat stacks --help"'],
  [["constructor"], {}, 'Unknown command "stacks constructor"'],
  [["ls", "web"], {}, 'Unexpected argument "web"'],
  [["deploy"], {}, "expected NAME|ID"],
  [["rm", "one", "two"], {}, 'Unexpected argument "two"'],
  [["create", "web"], {}, "expected --file"],
  [["stop", "web"], { volumes: true }, '--volumes does not go with "stacks stop"'],
  [["logs", "web"], { tail: "-1" }, '--tail: found "-1"'],
];

for (const [args, flags, message] of WRONG) {
  Deno.test(`stacks ${args.join(" ")} ${JSON.stringify(flags)} is refused`, () => {
    const error = assertThrows(() => toStackRequest(args, flags), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("passes arguments and flags of stacks as typed, and refuses the flags for other commands", () => {
  const { stacks } = parseCommandLine(["stacks", "rm", "007", "--volumes", "--on", "a"]);
  assertEquals(stacks, { args: ["rm", "007"], flags: { volumes: true, on: "a" } });
  assertThrows(
    () => parseCommandLine(["serve", "--volumes"]),
    AppError,
    '"dockstat stacks" and "dockstat containers" only',
  );
  assertThrows(() => parseCommandLine(["stacks", "create", "web", "--file"]), AppError, "expected a value");
});
