/** Permissions of a stack's files over HTTP. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { freshFolder, TOKEN } from "../client.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Puts a file of stack 1 and returns the status and the answer. */
async function put(it: ServedStacks, path: string, text: string) {
  const response = await fetch(`${it.server.url}/stacks/1/files/${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: text,
  });
  return { status: response.status, body: await response.json() };
}

/** A server with stack 1, and the mode of one of its files on the disk. */
async function served() {
  const data = freshFolder();
  const it = await serveStacks({ changes: { data } });
  await it.create("web", { deploy: false });
  const modeOf = (path: string) => (Deno.lstatSync(`${data}/stacks/1/${path}`).mode! & 0o7777).toString(8);
  return { it, modeOf, [Symbol.asyncDispose]: () => it[Symbol.asyncDispose]() };
}

Deno.test("a file is stored with the permissions of the request, and keeps them", async () => {
  await using run = await served();
  assertEquals((await put(run.it, "run.sh?mode=755", "one")).body.mode, "755");
  assertEquals((await put(run.it, "run.sh", "two")).body.mode, "755");
  assertEquals((await put(run.it, "plain", "x")).body.mode, "644");
  assertEquals([run.modeOf("run.sh"), run.modeOf("plain")], ["755", "644"]);
  const { body } = await run.it.call("GET", "/stacks/1/files");
  assertEquals(body.map(({ mode }: { mode: string }) => mode), ["644", "755"]);
});

Deno.test("only the owner of a file gets the right to write it", async () => {
  await using run = await served();
  assertEquals((await put(run.it, "a?mode=777", "x")).body.mode, "755");
  assertEquals(run.modeOf("a"), "755");
});

for (const mode of ["4755", "0755", "75", "789", "+x", "", "-1", "0x1", "1e2"]) {
  Deno.test(`the permissions "${mode}" are refused`, async () => {
    await using run = await served();
    const { status, body } = await put(run.it, `a?mode=${encodeURIComponent(mode)}`, "x");
    assertEquals(status, 400);
    assertStringIncludes(body.detail, "expected permissions in octal");
    const files = [{ path: "a", text: "x", mode }];
    assertEquals((await run.it.call("PUT", "/stacks/1", { files })).status, 422);
    assertEquals((await run.it.call("GET", "/stacks/1/files")).body, []);
  });
}

Deno.test("a restored version has the permissions of its files", async () => {
  await using run = await served();
  await run.it.call("PUT", "/stacks/1", { files: [{ path: "run.sh", text: "one", mode: "755" }] });
  await run.it.call("PUT", "/stacks/1", { files: [{ path: "run.sh", text: "one", mode: "644" }] });
  assertEquals(run.modeOf("run.sh"), "644");
  const { body } = await run.it.call("GET", "/stacks/1/versions/2");
  assertEquals(body.files.map(({ mode }: { mode: string }) => mode), ["755"]);
  assertEquals((await run.it.call("POST", "/stacks/1/versions/2/restore")).status, 200);
  assertEquals(run.modeOf("run.sh"), "755");
});

Deno.test("an edit without permissions keeps those of an executable file, also through a draft", async () => {
  await using run = await served();
  await put(run.it, "run.sh?mode=755", "one");
  const files = [{ path: "run.sh", text: "two" }];
  await run.it.call("PUT", "/stacks/1/draft", { files });
  const draft = (await run.it.call("GET", "/stacks/1/draft")).body;
  assertEquals((await run.it.call("PUT", "/stacks/1", { files: draft.files })).status, 200);
  assertEquals(run.modeOf("run.sh"), "755");
});
