import { assert, assertEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import type { Part } from "../../../tools/gate/parts.ts";
import { countResult, report, type Result } from "../../../tools/gate/result.ts";
import { runPart } from "../../../tools/gate/run.ts";
import { filesToRepeat, repeatFailures } from "../../../tools/gate/second_run.ts";

const SINK = { writeSync: (bytes: Uint8Array) => bytes.length };

/** Runs tests in a folder and the second run of the failed ones. */
async function run(tests: Record<string, string>): Promise<Result> {
  using folder = temporaryFolder(tests);
  const paths = Object.keys(tests).map((name) => folder.path(name));
  const part: Part = { name: "tests", args: ["test", "-A", "--no-check", "--quiet", ...paths], isTest: true };
  const [result] = await repeatFailures([await runPart(part, SINK)], SINK);
  assert(result !== undefined);
  return result;
}

/** A test that fails while a file is absent, which it then creates. */
const FLAKY = `Deno.test("flaky", () => {
  const mark = new URL("mark", import.meta.url);
  try { Deno.statSync(mark); } catch { Deno.writeTextFileSync(mark, ""); throw new Error("too early"); }
});`;

Deno.test("a test that passes in the second run passed, and the report names it with its error", async () => {
  const result = await run({ "a.test.ts": FLAKY, "b.test.ts": 'Deno.test("good", () => {});' });
  assertEquals(countResult(result), { passed: 2, failed: 0 });
  const { text, failed } = report([result]);
  assert(/^Flaky: flaky, \S*a\.test\.ts$/m.test(text), text);
  assert(text.includes("Error: too early"), text);
  assertEquals(failed, 0);
});

Deno.test("a test that fails twice failed", async () => {
  const result = await run({ "a.test.ts": 'Deno.test("bad", () => { throw new Error("no"); });' });
  assertEquals(countResult(result), { passed: 0, failed: 1 });
  const { text } = report([result]);
  assert(text.includes("Failed: tests (1)\n  bad, "), text);
});

Deno.test("only the files of failed tests run again", async () => {
  const { second } = await run({ "a.test.ts": FLAKY, "b.test.ts": 'Deno.test("good", () => {});' });
  assertEquals(second?.output.match(/^running .*/gm)?.length, 1);
});

const list = (files: readonly string[]) => files.map((file) => `test => ${file}:1:1\n`).join("");
const output = (...files: string[]) => `\n FAILURES \n\n${list(files)}\nFAILED | 0 passed | 4 failed (1s)`;
const files = ["./a.test.ts", "./b.test.ts", "./c.test.ts", "./d.test.ts"];

Deno.test("three failed files run again, and four do not", () => {
  const part: Part = { name: "tests", args: ["test"], isTest: true };
  assertEquals(filesToRepeat({ part, output: output(...files.slice(1), "./d.test.ts") }), files.slice(1));
  assertEquals(filesToRepeat({ part, output: output(...files) }), []);
});

Deno.test("a part without tests runs once", () => {
  assertEquals(filesToRepeat({ part: { name: "lint", args: ["lint"] }, output: output("./a.test.ts") }), []);
});
