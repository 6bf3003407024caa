import { parseCommandLine } from "../../../server/cli/main.ts";
import { type StackFlags, toStackRequest } from "../../../server/cli/stacks/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const WRONG: readonly (readonly [readonly string[], StackFlags, string])[] = [
  [["lst"], {}, 'Unknown command "stacks lst": did you mean ls?'],
  [["relase"], {}, "did you mean release?"],
  [["frobnicate"], {}, 'Unknown command "stacks frobnicate": "dockstat stacks --help"'],
  [["constructor"], {}, 'Unknown command "stacks constructor"'],
  [["ls", "web"], {}, 'Unexpected argument "web"'],
  [["deploy"], {}, "expected NAME|ID"],
  [["rm", "one", "two"], {}, 'Unexpected argument "two"'],
  [["create", "web"], {}, "expected --file"],
  [["stop", "web"], { volumes: true }, '--volumes does not go with "stacks stop"'],
  [["logs", "web"], { tail: "-1" }, '--tail: found "-1"'],
  [["set", "web"], { deploy: true }, "expected --file, --env-file or --dir"],
  [["create", "web"], { file: "-", envFile: "-" }, "standard input can be read once"],
  [["diff", "web"], { file: "a", version: "1" }, "--version does not go with --file"],
  [["diff", "web"], { file: "a", json: true }, "--json prints what a deployment would change"],
  [["diff", "web"], { version: "1", json: true }, "--json prints what a deployment would change"],
  [["deploy", "web"], { json: true }, '--json does not go with "stacks deploy"'],
  [["diff", "web"], { version: "two" }, '--version: found "two": expected the number of a version'],
  [["versions", "web"], { restore: "0" }, '--restore: found "0"'],
  [["versions", "web"], { version: "1" }, '--version does not go with "stacks versions"'],
  [["deploy", "web"], { service: "db" }, '--service does not go with "stacks deploy"'],
  [["update", "web"], { build: true }, '--build does not go with "stacks update"'],
  [["create", "web"], { file: "a", deploy: true }, '--deploy does not go with "stacks create"'],
];

for (const [args, flags, message] of WRONG) {
  Deno.test(`stacks ${args.join(" ")} ${JSON.stringify(flags)} is refused`, () => {
    const error = assertThrows(() => toStackRequest(args, flags), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("each command accepts its flags", () => {
  toStackRequest(["set", "web"], { dir: ".", envFile: "-", deploy: true });
  toStackRequest(["create", "web"], { dir: ".", noDeploy: true, on: "nas" });
  toStackRequest(["pull", "web", "shop"], { service: "db" });
  toStackRequest(["deploy", "web"], { build: true, recreate: true });
  toStackRequest(["rm", "web"], { volumes: true, yes: true });
  toStackRequest(["diff", "web"], { version: "12" });
});

Deno.test("--file and --env-file take a lone dash, and --version a number", () => {
  const parse = (...args: string[]) => parseCommandLine(["stacks", ...args]).stacks;
  assertEquals(parse("set", "web", "--file", "-"), { args: ["set", "web"], flags: { file: "-" } });
  assertEquals(parse("diff", "web", "--version", "3"), { args: ["diff", "web"], flags: { version: "3" } });
  assertEquals(parseCommandLine(["stacks", "--version"]).version, true);
});

Deno.test("a misspelled flag of stacks is refused with the closest one", () => {
  assertThrows(
    () => parseCommandLine(["stacks", "rm", "web", "--volume"]),
    AppError,
    "did you mean --volumes?",
  );
  assertThrows(
    () => parseCommandLine(["stacks", "set", "web", "--fiel=a"]),
    AppError,
    "did you mean --file?",
  );
});

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
