import { paintLine, renderDifference } from "../../../server/cli/stacks/difference.ts";
import { assertEquals } from "../../assert.ts";

const OLD = { name: "version 1", compose: "a\nb\nc\n", env: "A=1\n" };
const NEXT = { ...OLD, name: "stored" };

Deno.test("equal contents have no difference", () => {
  const files = [{ path: "a", digest: "1", mode: "644" }];
  assertEquals(renderDifference({ ...OLD, files }, { ...NEXT, files }), []);
});

Deno.test("a changed text is a patch with both names", () => {
  assertEquals(renderDifference(OLD, { ...NEXT, compose: "a\nx\nc\n" }), [
    "--- compose.yaml (version 1)",
    "+++ compose.yaml (stored)",
    "@@ -1,3 +1,3 @@",
    " a",
    "-b",
    "+x",
    " c",
  ]);
});

Deno.test("a changed environment is a patch, unless one side has none to compare", () => {
  assertEquals(renderDifference(OLD, { ...NEXT, env: "A=2\n" }).slice(0, 2), [
    "--- .env (version 1)",
    "+++ .env (stored)",
  ]);
  assertEquals(
    renderDifference({ name: "stored", compose: "a" }, { name: "f", compose: "a", env: "B=1" }),
    [],
  );
});

Deno.test("files are named with their change", () => {
  const old = [{ path: "same", digest: "1", mode: "644" }, { path: "b", digest: "1", mode: "644" }, {
    path: "gone\x1b",
    digest: "1",
    mode: "644",
  }];
  const next = [{ path: "same", digest: "1", mode: "644" }, { path: "b", digest: "2", mode: "644" }, {
    path: "a",
    digest: "1",
    mode: "644",
  }];
  assertEquals(renderDifference({ ...OLD, files: old }, { ...NEXT, files: next }), [
    'file added: "a"',
    'file changed: "b"',
    'file deleted: "gone?"',
  ]);
});

Deno.test("a difference names files whose permissions have changed", () => {
  const file = { path: "run.sh", digest: "1" };
  const [old, next] = [[{ ...file, mode: "644" }], [{ ...file, mode: "755" }]];
  assertEquals(renderDifference({ ...OLD, files: old }, { ...OLD, files: next }), [
    'file "run.sh": mode 644, now 755',
  ]);
});

Deno.test("colors mark the lines of a patch", () => {
  assertEquals(["--- a", "-a", "+a", "@@ -1 +1 @@", " a"].map(paintLine), [
    "\x1b[1m--- a\x1b[0m",
    "\x1b[31m-a\x1b[0m",
    "\x1b[32m+a\x1b[0m",
    "\x1b[36m@@ -1 +1 @@\x1b[0m",
    " a",
  ]);
});
