/** Tests of `/stacks/{id}/draft` and `/stacks/draft`. */
import { assertEquals } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../stacks/client.ts";

const EMPTY = { name: null, hostId: null, compose: null, env: null, files: [], removed: [], saved_at: null };

/** Returns the texts of a draft, without the time. */
async function draft(it: ServedStacks, path: string) {
  const { body: { saved_at: _, ...texts } } = await it.call("GET", path);
  return texts;
}

Deno.test("a draft keeps the texts of each tab until they are removed", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  assertEquals((await it.call("GET", "/stacks/1/draft")).body, EMPTY);
  await it.call("PUT", "/stacks/1/draft", { compose: "a", env: "PW=geheim" });
  await it.call("PUT", "/stacks/1/draft", { files: [{ path: "conf/a", text: "1" }] });
  await it.call("PUT", "/stacks/1/draft", { compose: null });
  const { saved_at: _, ...rest } = { ...EMPTY, env: "PW=geheim", files: [{ path: "conf/a", text: "1" }] };
  assertEquals(await draft(it, "/stacks/1/draft"), rest);
  assertEquals((await it.call("GET", "/stacks/1/compose")).body.compose, COMPOSE);
  assertEquals(await draft(it, "/stacks/draft"), {
    name: null,
    hostId: null,
    compose: null,
    env: null,
    files: [],
    removed: [],
  });
});

Deno.test("names what a draft expects instead of another kind of value", async () => {
  await using it = await serveStacks();
  for (const key of ["files", "removed"]) {
    const { status, body } = await it.call("PUT", "/stacks/draft", { [key]: { path: "a" } });
    assertEquals([status, body.errors[0].message], [422, "found an object: expected a list of files"]);
  }
});

Deno.test("a draft keeps the files that the save deletes", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await it.call("PUT", "/stacks/1/files/a", "x");
  const change = (path: string, removed: boolean) =>
    it.call("PUT", "/stacks/1/draft", { removed: [{ path, removed }] });
  await change("a", true);
  assertEquals((await change("b", true)).body.removed, ["a", "b"]);
  assertEquals((await change("b", false)).body.removed, ["a"]);
  assertEquals((await it.call("GET", "/stacks/1/files")).body.length, 1);
});

Deno.test("a draft ends with a discard, and with its stack", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await it.call("PUT", "/stacks/draft", { name: "new", compose: "x" });
  assertEquals((await draft(it, "/stacks/draft")).name, "new");
  await fetch(`${it.server.url}/stacks/draft`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  assertEquals((await it.call("GET", "/stacks/draft")).body, EMPTY);
  await it.call("PUT", "/stacks/1/draft", { compose: "x" });
  await it.call("DELETE", "/stacks/1?wait=1");
  assertEquals((await it.call("GET", "/stacks/1/draft")).status, 404);
});

Deno.test("a draft is bounded, and a larger one changes nothing", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const text = "x".repeat(900_000);
  for (const index of [1, 2, 3, 4]) {
    const files = [{ path: `f${index}`, text }];
    assertEquals((await it.call("PUT", "/stacks/1/draft", { files })).status, 200);
  }
  const { status } = await it.call("PUT", "/stacks/1/draft", { files: [{ path: "f5", text }] });
  assertEquals([status, (await draft(it, "/stacks/1/draft")).files.length], [413, 4]);
  const many = Array.from({ length: 100 }, (_, index) => ({ path: `g${index}`, text: "" }));
  assertEquals((await it.call("PUT", "/stacks/1/draft", { files: many })).status, 413);
  assertEquals((await it.call("PUT", "/stacks/1/draft", { other: 1 })).status, 422);
});

Deno.test("only clients with the token read and change drafts, and a read-only server refuses changes", async () => {
  await using it = await serveStacks();
  const statuses = await Promise.all(["GET", "PUT", "DELETE"].map(async (method) => {
    const response = await fetch(`${it.server.url}/stacks/draft`, {
      method,
      body: method === "PUT" ? "{}" : null,
    });
    await response.body?.cancel();
    return response.status;
  }));
  assertEquals(statuses, [401, 401, 401]);
  await using readOnly = await serveStacks({
    changes: { access: { token: TOKEN, auth: true, origins: [], readOnly: true, viewToken: false } },
  });
  assertEquals((await readOnly.call("PUT", "/stacks/draft", { compose: "x" })).status, 403);
});

Deno.test("a draft refuses what the database would cut, and keeps any other path unchanged", async () => {
  await using it = await serveStacks();
  const put = async (change: object) => (await it.call("PUT", "/stacks/draft", change)).status;
  assertEquals(await put({ compose: "a\0b" }), 422);
  for (const path of ["a\0b", "a\ud800"]) assertEquals(await put({ files: [{ path, text: "" }] }), 422);
  assertEquals(await put({ files: [{ path: "a", text: "b\0c" }] }), 422);
  const files = ["../../x", "/etc/passwd", "__proto__", "file:x"].map((path) => ({ path, text: path }));
  assertEquals(await put({ files }), 200);
  assertEquals((await draft(it, "/stacks/draft")).files, files);
});
