/** Saves of texts and files by `PUT /stacks/{id}`. */
import { dirname } from "../../server/runtime/path.ts";
import type { StackFile } from "../../server/protocol/stack_files.ts";
import { assertEquals } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Returns the bytes of a file of stack 1. */
async function bytesOf(it: ServedStacks, path: string): Promise<Uint8Array> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`${it.server.url}/stacks/1/files/${path}`, { headers });
  return new Uint8Array(await response.arrayBuffer());
}

Deno.test("texts and files that are saved together make one version", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  for (const path of ["old", "gone"]) await it.call("PUT", `/stacks/1/files/${path}`, "x");
  const files = [
    { path: "new", text: "x" },
    { path: "bytes", base64: "AP8=" },
    { path: "old", text: null },
    { path: "gone", text: null },
    { path: "never", text: null },
  ];
  const { status } = await it.call("PUT", "/stacks/1", { env: "A=1", files });
  const { body } = await it.call("GET", "/stacks/1/versions");
  assertEquals([status, body[0].version], [200, 4]);
  const { body: version } = await it.call("GET", "/stacks/1/versions/4");
  assertEquals([version.env, version.files.map(({ path }: StackFile) => path)], ["A=1", ["bytes", "new"]]);
  assertEquals(
    await bytesOf(it, "bytes"),
    new Uint8Array([0, 255]),
  );
});

Deno.test("a save is checked with the files that it adds and without those that it deletes", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const compose = `${COMPOSE}    env_file: [app.env]\n`;
  const added = { compose, deploy: true, files: [{ path: "app.env", text: "A=1" }] };
  assertEquals((await it.call("PUT", "/stacks/1?wait=1", added)).body.operation.state, "succeeded");
  const removed = { files: [{ path: "app.env", text: null }] };
  assertEquals((await it.call("PUT", "/stacks/1", removed)).status, 409);
  assertEquals((await it.call("PUT", "/stacks/1", { ...removed, compose: COMPOSE })).status, 200);
});

for (
  const [what, files, expected] of [
    ["an address outside the folder", [{ path: "../x", text: "" }], 422],
    ["a name that Compose reads", [{ path: "compose.override.yaml", text: "" }], 422],
    ["a path twice", [{ path: "a", text: "1" }, { path: "a", text: "2" }], 422],
    ["a file in a file", [{ path: "a", text: "" }, { path: "a/b", text: "" }], 409],
    ["two names that differ in case", [{ path: "a", text: "" }, { path: "A", text: "" }], 409],
    ["a text and bytes", [{ path: "a", text: "", base64: "" }], 422],
    ["neither text nor bytes", [{ path: "a" }], 422],
    ["invalid base64", [{ path: "a", base64: "?" }], 422],
    ["too many bytes in all", [{ path: "a", text: "x".repeat(2 * 1024 * 1024) }], 413],
  ] as const
) {
  Deno.test(`a save with ${what} stores nothing`, async () => {
    await using it = await serveStacks();
    await it.create("web", { deploy: false });
    const { status } = await it.call("PUT", "/stacks/1", {
      env: "A=1",
      files: [{ path: "ok", text: "" }, ...files],
    });
    assertEquals(status, expected);
    assertEquals((await it.call("GET", "/stacks/1/versions")).body.length, 1);
    assertEquals((await it.call("GET", "/stacks/1/files")).body, []);
  });
}

Deno.test("an adopted stack is saved with the files that its text names, and none is deleted", async () => {
  using folder = temporaryFolder({ "compose.yaml": `${COMPOSE}    env_file: app.env\n`, "app.env": "A=1\n" });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  const saved = await it.call("PUT", "/stacks/1", { files: [{ path: "app.env", text: "A=2" }] });
  assertEquals([saved.status, Deno.readTextFileSync(folder.path("app.env"))], [200, "A=2"]);
  for (const files of [[{ path: "app.env", text: null }], [{ path: "other", text: "" }]]) {
    assertEquals((await it.call("PUT", "/stacks/1", { files })).status, 403);
  }
});

Deno.test("a file of a draft takes the place of no text that was checked", async () => {
  await using it = await serveStacks();
  const read = new Set<string>();
  it.compose.onConfig = async ({ files }) => {
    read.add(await Deno.readTextFile(files!.compose));
  };
  const compose = `${COMPOSE}    env_file: [compose.yaml]\n`;
  const files = [{ path: "compose.yaml", text: "include: [https://git.example.org/x.git]\n" }];
  await it.call("POST", "/stacks/validate", { compose, files });
  assertEquals([...read], [compose]);
});

Deno.test("a save whose file cannot be written leaves the texts of an adopted stack as they were", async () => {
  using temporary = temporaryFolder();
  const root = temporary.path(`${"d".repeat(200)}/`.repeat(17).slice(0, -1));
  const folder = { path: (name: string) => name === "" ? root : `${root}/${name}` };
  // A path that has no room for the name of a draft.
  const name = `${"e".repeat(200)}/${"e".repeat(200)}/f`.padEnd(4080 - root.length, "f");
  const text = `${COMPOSE}    env_file: [app.env, ${name}]\n`;
  await Deno.mkdir(dirname(folder.path(name)), { recursive: true });
  await Deno.writeTextFile(folder.path(name), "B=1\n");
  await Deno.writeTextFile(folder.path("compose.yaml"), text);
  await Deno.writeTextFile(folder.path("app.env"), "A=1\n");
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  const files = [{ path: "app.env", text: "A=2" }, { path: name, text: "B=2" }];
  const saved = await it.call("PUT", "/stacks/1", { compose: `# new\n${text}`, files });
  assertEquals([saved.status, saved.body.detail.startsWith("Cannot write ")], [500, true]);
  assertEquals(Deno.readTextFileSync(folder.path("compose.yaml")), text);
  assertEquals(Deno.readTextFileSync(folder.path("app.env")), "A=1\n");
  assertEquals([...Deno.readDirSync(folder.path(""))].length, 3);
});

Deno.test("a file has any name that a disk allows", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  for (const path of ["n".repeat(255), `${"\u{1F40B}".repeat(63)}xyz`]) {
    assertEquals((await it.call("PUT", `/stacks/1/files/${encodeURIComponent(path)}`, "x")).status, 201);
    assertEquals((await it.call("DELETE", `/stacks/1/files/${encodeURIComponent(path)}`)).status, 204);
  }
});
