import { AppError } from "../../../server/errors.ts";
import { variablesOf as ofTexts } from "../../../server/swarm/deploy/variables.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

/** The variables of a text that is a value too. */
const variablesOf = (compose: string, env: string, passed?: readonly string[]) =>
  ofTexts({ compose, env, value: compose }, passed);

Deno.test("only the variables that the text uses have values", () => {
  const { values, warnings } = variablesOf(
    "image: ${A}$B ${C:-x} ${D-y} $$E ${F:?z}",
    "A=1\nexport B='two $A'\n# comment\nE=5\nF=\"6\\n7\"\nG=8",
  );
  assertEquals(values, { A: "1", B: "two $A", F: "6\n7" });
  assertEquals(warnings, []);
});

Deno.test("a variable without a value or a default is reported", () => {
  assertEquals(variablesOf("${A} ${B:-x} $C", "").warnings, [
    'The variable "A" is not set. It defaults to an empty string',
    'The variable "C" is not set. It defaults to an empty string',
  ]);
});

const HOSTILE = [
  ...[
    "PATH",
    "HOME",
    "LD_PRELOAD",
    "LD_LIBRARY_PATH",
    "DOCKER_HOST",
    "DOCKER_CONFIG",
    "GOCOVERDIR",
    "GODEBUG",
  ],
  ...["DOCKER_CLI_PLUGIN_EXTRA_DIRS", "GCONV_PATH", "TMPDIR"],
];
for (const name of HOSTILE) {
  Deno.test(`${name}, which would change how the Docker CLI works, is refused with its line`, () => {
    const { issues } = assertThrows(() => variablesOf("a: $A", `A=1\n${name}=/tmp/x`), AppError);
    assertEquals(issues.map(({ path, line }) => [path, line]), [["env", 2]]);
  });
}

Deno.test("a variable of this machine is refused with its line, except in a comment", () => {
  for (const use of ["$HOME", "a ${PATH:-x}"]) {
    const { issues } = assertThrows(() => variablesOf(`a: b\nc: ${use}`, ""), AppError, "of this machine");
    assertEquals(issues.map(({ path, line }) => [path, line]), [["compose", 2]]);
  }
  assertThrows(() => variablesOf("a: b", "", ["PATH"]), AppError, "of this machine");
  ofTexts({ compose: "# $HOME\na: $$HOME", env: "", value: { a: "$$HOME" } });
});

Deno.test("a reserved name that is hidden in another line has no value", () => {
  for (
    const env of ["A=1\rLD_PRELOAD=/x", 'A="\nLD_PRELOAD=/x"', "A=1\u2028LD_PRELOAD=/x", "A=1\vLD_PRELOAD=/x"]
  ) {
    try {
      assertEquals(Object.hasOwn(variablesOf("$LD_PRELOAD $A", env).values, "LD_PRELOAD"), false);
    } catch (error) {
      assertEquals(error instanceof AppError, true, String(error));
    }
  }
});

Deno.test("a line without a variable is refused", () => {
  for (const env of ["A", "1A=2", "A B=1", "A=\0"]) assertThrows(() => variablesOf("$A", env), AppError);
});

Deno.test("names of the prototype are variables like others", () => {
  assertEquals(variablesOf("$constructor $toString", "toString=x").values, { toString: "x" });
});

Deno.test("the time for long texts does not grow quadratically", () => {
  const long = " ".repeat(200_000);
  assertThrows(() => variablesOf("$A", `A${long}`), AppError);
  assertEquals(variablesOf(`${"${A".repeat(50_000)}`, "").values, {});
});

for (const text of [["${PATH}"], { a: { b: "x$HOME" } }, { "$PATH": 1 }, [[{ c: ["${HOME:-x}"] }]]]) {
  Deno.test(`a variable of this machine that escapes hide, as in ${JSON.stringify(text)}, is refused`, () => {
    const texts = { compose: 'a: "\\x24{PATH}"', env: "", value: text };
    const { issues } = assertThrows(() => ofTexts(texts), AppError, "of this machine");
    assertEquals(issues.map(({ path }) => path), ["compose"]);
  });
}

Deno.test("a variable that escapes hide has its value", () => {
  const texts = { compose: 'a: "\\x24A"', env: "A=1\nB=2", value: { a: "$A" } };
  assertEquals(ofTexts(texts).values, { A: "1" });
});

Deno.test("a value that contains itself is read once", () => {
  const value: Record<string, unknown> = { a: "$A" };
  value["b"] = value;
  assertEquals(ofTexts({ compose: "", env: "A=1", value }).values, { A: "1" });
});
