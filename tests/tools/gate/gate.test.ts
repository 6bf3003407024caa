import { assert, assertEquals } from "../../assert.ts";
import { GROUPS, NEED_ENGINES, WITHOUT_PAGE } from "../../../tools/gate/parts.ts";
import { ROOT_URL } from "../../../tools/lint/paths.ts";
import { runPart } from "../../../tools/gate/run.ts";

async function testFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT_URL))) {
    if (isDirectory) found.push(...await testFiles(`${folder}/${name}`));
    else if (name.endsWith(".test.ts")) found.push(`${folder}/${name}`);
  }
  return found;
}

Deno.test("unit tests use neither engines nor a browser", async () => {
  for (const file of await testFiles("tests")) {
    const needsEngines = NEED_ENGINES.some((path) => file === path || file.startsWith(`${path}/`));
    const source = await Deno.readTextFile(new URL(file, ROOT_URL));
    assert(needsEngines || !/from "[^"]*\/e2e\/|realEngines\(|browserTest\(/.test(source), file);
  }
});

Deno.test("every test that needs engines runs with those that open a page, or is listed with the others", () => {
  for (const path of NEED_ENGINES) assert(path === "tests/e2e" || WITHOUT_PAGE.includes(path), path);
});

Deno.test("the tests of engines without a page open no browser and build no image", async () => {
  for (const path of WITHOUT_PAGE) {
    const { isFile } = await Deno.stat(new URL(path, ROOT_URL));
    for (const file of isFile ? [path] : await testFiles(path)) {
      const source = await Deno.readTextFile(new URL(file, ROOT_URL));
      assert(!/(browser|firefox)Test\(|openBrowser\(|buildImage\(/.test(source), file);
    }
  }
});

Deno.test("deno task ok and .ci/run run every group", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT_URL)));
  const groups = tasks.ok.command.split("tools/gate/main.ts ")[1].split(" ");
  assertEquals(groups, Object.keys(GROUPS).filter((group) => !["unit", "long"].includes(group)));
  assert((await Deno.readTextFile(new URL(".ci/run", ROOT_URL))).includes("deno@2.9.6 task ok"));
});

Deno.test("shows the output of a part as it arrives, and keeps it", async () => {
  const shown: Uint8Array[] = [];
  const sink = { writeSync: (bytes: Uint8Array) => shown.push(bytes.slice()) && bytes.length };
  const part = { name: "version", args: ["eval", "console.log('out'); console.error('err'); Deno.exit(3)"] };
  const { code, output } = await runPart(part, sink);
  const text = new TextDecoder().decode(Uint8Array.from(shown.flatMap((bytes) => [...bytes])));
  assertEquals(code, 3);
  assertEquals(output, "out\n\nerr\n");
  assertEquals(text.split("\n").sort(), ["", "", "== version", "err", "out"]);
});

Deno.test("runs a part with its environment variables", async () => {
  const part = { name: "env", args: ["eval", "console.log(Deno.env.get('A'))"], env: { A: "b" } };
  const { output } = await runPart(part, { writeSync: (bytes) => bytes.length });
  assertEquals(output.trim(), "b");
});

Deno.test("runs the part of a folder in that folder", async () => {
  const part = { name: "folder", args: ["eval", "console.log(Deno.cwd())"], folder: "extension/ui" };
  const { output } = await runPart(part, { writeSync: (bytes) => bytes.length });
  assert(output.trim().replaceAll("\\", "/").endsWith("extension/ui"), output);
});
