/** Tests of the files that a text names, when it is checked. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { serveStacks } from "./client.ts";

/** Builds a text whose services name as many environment files. */
function naming(count: number): string {
  const services = Array.from(
    { length: count },
    (_, index) => `  s${index}: {image: a, env_file: e${index}.env}`,
  );
  return `services:\n${services.join("\n")}\n`;
}

Deno.test("a new stack lists the first fifty files that it does not have, each once", async () => {
  await using it = await serveStacks();
  const compose = naming(60).replace("e1.env", "e0.env");
  const { status, body } = await it.call("POST", "/stacks", { name: "web", compose, deploy: false });
  assertEquals([status, body.warnings.length], [201, 50]);
  assertEquals(body.warnings[1], {
    path: "compose",
    line: 4,
    column: 28,
    message: 'the stack has no file "e2.env" yet: add it before you deploy',
  });
});

Deno.test("a text with more files than a stack can have is refused, at the first of them", async () => {
  await using it = await serveStacks();
  const { status, body } = await it.call("POST", "/stacks/validate", { compose: naming(1001) });
  assertEquals([status, body.errors], [422, [{
    path: "compose",
    line: 1002,
    column: 31,
    message: "expected 1000 files at most",
  }]]);
});

Deno.test("the name of a file that something else refers to is refused", async () => {
  await using it = await serveStacks();
  const compose = "services:\n  a: {image: a, env_file: &e a.env, command: *e}\n";
  const { status, body } = await it.call("POST", "/stacks/validate", { compose });
  assertEquals([status, body.errors[0].line], [422, 2]);
  assertStringIncludes(body.errors[0].message, '"a.env" has an anchor that something else refers to');
});

Deno.test("a text whose names of files cannot be found is refused", async () => {
  await using it = await serveStacks();
  const compose = "services:\n  a: {image: a, env_file: a.env}\nx-a: [b, , c]\n";
  const { status, body } = await it.call("POST", "/stacks/validate", { compose });
  assertEquals([status, body.errors[0].line, body.errors[0].column], [422, 3, 10]);
  assertStringIncludes(body.errors[0].message, "DockStat cannot read this YAML");
});

const WITH_FILE = "services:\n  a: {image: a:1, env_file: config/a.env}\n";

Deno.test("a text is checked with files that are not stored yet", async () => {
  await using it = await serveStacks();
  const seen: string[] = [];
  it.compose.onConfig = async ({ files }) =>
    void seen.push(await Deno.readTextFile(`${files?.folder}/config/a.env`));
  const files = [{ path: "config/a.env", text: "A=1" }];
  const { status } = await it.call("POST", "/stacks/validate", { compose: WITH_FILE, files });
  assertEquals([status, new Set(seen)], [200, new Set(["A=1"])]);
});

for (const path of ["../escape", "/etc/passwd", "config/../../escape", "a/b"]) {
  Deno.test(`the file ${path} of a draft is written nowhere, since the text does not name it`, async () => {
    await using it = await serveStacks();
    const seen: string[] = [];
    it.compose.onConfig = async ({ files }) => {
      for await (const { name } of Deno.readDir(files!.folder)) seen.push(name);
    };
    const files = [{ path, text: "x" }];
    const { status } = await it.call("POST", "/stacks/validate", {
      compose: "services: {a: {image: a:1}}",
      files,
    });
    assertEquals([status, new Set(seen)], [200, new Set(["compose.yaml"])]);
  });
}

Deno.test("a draft with more than 1,000 files is refused", async () => {
  await using it = await serveStacks();
  const files = Array.from({ length: 1001 }, (_, index) => ({ path: `${index}` }));
  const { status, body } = await it.call("POST", "/stacks/validate", { compose: WITH_FILE, files });
  assertEquals([status, body.errors[0].message.includes("1,000 files at most")], [422, true]);
});
