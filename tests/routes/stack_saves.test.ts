/** Saves of texts and files together: one version, or nothing. */
import { DEFAULT_LIMITS } from "../../server/config/limits.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { freshFolder, TOKEN } from "../client.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Uploads bytes and returns the answer. */
async function upload(it: ServedStacks, bytes: Uint8Array<ArrayBuffer>, token = TOKEN) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${it.server.url}/stacks/uploads`, { method: "POST", headers, body: bytes });
  return { status: response.status, body: await response.json() };
}

async function versions(it: ServedStacks): Promise<string[]> {
  const { body } = await it.call("GET", "/stacks/1/versions");
  return body.map(({ reason }: { reason: string }) => reason);
}

const paths = async (it: ServedStacks) =>
  (await it.call("GET", "/stacks/1/files")).body.map(({ path }: { path: string }) => path);

Deno.test("a new stack with files has one version", async () => {
  const data = freshFolder();
  await using it = await serveStacks({ changes: { data } });
  const files = [{ path: "run.sh", text: "x", mode: "755" }, { path: "a/b", base64: "AP8=" }];
  const { status } = await it.call("POST", "/stacks", {
    name: "web",
    compose: COMPOSE,
    files,
    deploy: false,
  });
  assertEquals([status, await versions(it), await paths(it)], [201, ["created"], ["a/b", "run.sh"]]);
  assertEquals(Deno.readFileSync(`${data}/stacks/1/a/b`), new Uint8Array([0, 255]));
  assertEquals(Deno.statSync(`${data}/stacks/1/run.sh`).mode! & 0o777, 0o755);
});

for (
  const [what, files, status] of [
    ["a path outside the folder", [{ path: "../a", text: "x" }], 422],
    ["a name that Compose reads", [{ path: "compose.override.yaml", text: "x" }], 422],
    ["a file that is a folder, too", [{ path: "a", text: "x" }, { path: "a/b", text: "x" }], 409],
    ["names that differ in case", [{ path: "a", text: "x" }, { path: "A", text: "x" }], 409],
    ["names in two forms of Unicode", [{ path: "\u00e9", text: "x" }, { path: "e\u0301", text: "x" }], 409],
    ["an unknown upload", [{ path: "a", upload: "0".repeat(64) }], 422],
    ["a text and an upload", [{ path: "a", text: "x", upload: "0".repeat(64) }], 422],
    ["a file without contents", [{ path: "a" }], 422],
  ] as const
) {
  Deno.test(`a new stack with ${what} is refused, and nothing is stored`, async () => {
    await using it = await serveStacks();
    const created = await it.call("POST", "/stacks", { name: "web", compose: COMPOSE, files, deploy: false });
    assertEquals([created.status, (await it.call("GET", "/stacks")).body], [status, []]);
  });
}

Deno.test("a save of several mebibytes is one version, through uploads", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const files = [];
  for (let index = 0; index < 5; index++) {
    const { status, body } = await upload(it, new Uint8Array(1024 * 1024).fill(index));
    assertEquals([status, body.size], [201, 1024 * 1024]);
    files.push({ path: `f${index}`, upload: body.digest });
  }
  assertEquals((await it.call("PUT", "/stacks/1", { env: "A=1", files })).status, 200);
  assertEquals([await versions(it), (await paths(it)).length], [["changed", "created"], 5]);
});

Deno.test("a save with one upload that is not kept changes nothing", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const { body: { digest } } = await upload(it, new Uint8Array(1));
  const files = [{ path: "a", upload: digest }, { path: "b", upload: "0".repeat(64) }];
  const { status, body } = await it.call("PUT", "/stacks/1", { env: "A=1", files });
  assertEquals(status, 422);
  assertStringIncludes(body.detail, "upload the file again");
  assertEquals([await versions(it), await paths(it)], [["created"], []]);
});

Deno.test("an upload needs the token, and has 1 MiB at most", async () => {
  await using it = await serveStacks();
  assertEquals((await upload(it, new Uint8Array(1), "wrong")).status, 401);
  assertEquals((await upload(it, new Uint8Array(1024 * 1024 + 1))).status, 413);
  assert((await upload(it, new Uint8Array(0))).status === 201);
});

Deno.test("two saves at once leave the contents of one of them", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const save = (text: string) =>
    it.call("PUT", "/stacks/1", { env: `A=${text}`, files: ["a", "b"].map((path) => ({ path, text })) });
  const answers = await Promise.all(["1", "2", "3"].map(save));
  assert(answers.every(({ status }) => status === 200 || status === 409), JSON.stringify(answers));
  const { body: { env } } = await it.call("GET", "/stacks/1/compose");
  const texts = await Promise.all(["a", "b"].map(async (path) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    return await (await fetch(`${it.server.url}/stacks/1/files/${path}`, { headers })).text();
  }));
  assertEquals(texts.map((text) => `A=${text}`), [env, env]);
});

for (const method of ["POST", "PUT"] as const) {
  Deno.test(`${method} with files of more than 16 MiB is refused before Compose reads them`, async () => {
    await using it = await serveStacks();
    await it.create("web", { deploy: false });
    let reads = 0;
    it.compose.onConfig = () => Promise.resolve(void reads++);
    const { body } = await upload(it, new Uint8Array(1024 * 1024));
    const files = Array.from({ length: 17 }, (_, index) => ({ path: `f${index}`, upload: body.digest }));
    const refused = method === "POST"
      ? await it.call("POST", "/stacks", { name: "big", compose: COMPOSE, files, deploy: false })
      : await it.call("PUT", "/stacks/1", { files });
    assertEquals([refused.status, reads, await paths(it)], [413, 0, []]);
  });
}

for (
  const [what, files] of [
    ["a file with a long name", `"./${"x".repeat(300)}"`],
    ["a file with a long path", `"./${"x/".repeat(2100)}x"`],
    ["a file with a NUL", '"a\\0b"'],
    ["the folder itself as a file", '"."'],
    ["a file with a slash at the end", '"a/"'],
    ["a file with no name", '""'],
    ["a file with a path below another file", "[a, a/b]"],
    ["a file with a path above another file", "[a/b, a]"],
    ["a file with a path below the environment", '".env/x"'],
    ["a file with a path below the compose file", '"compose.yaml/x"'],
  ] as const
) {
  Deno.test(`a save whose compose text names ${what} has an issue about it`, async () => {
    await using it = await serveStacks();
    await it.create("web", { deploy: false });
    const texts = { compose: `${COMPOSE}    env_file: ${files}\n`, env: "A=1" };
    for (
      const [method, to, more] of [["POST", "/stacks", { name: "new" }], ["PUT", "/stacks/1", {}]] as const
    ) {
      const { status, body } = await it.call(method, to, { ...texts, ...more, deploy: false });
      assertEquals([status, body.errors?.[0].line], [422, 4], to);
    }
  });
}

/** A server whose requests can have more than a file. */
const withLargeBodies = () =>
  serveStacks({ changes: { limits: { ...DEFAULT_LIMITS, bodyBytes: 8 * 1024 * 1024 } } });

const MEBIBYTE = 1024 * 1024;
const LONG = "x".repeat(MEBIBYTE - COMPOSE.length - 2);

for (
  const [what, change] of [
    ["a compose text", { compose: `${COMPOSE}# ${LONG}x` }],
    ["a compose text in UTF-8", { compose: `${COMPOSE}# ${"ü".repeat(MEBIBYTE / 2)}` }],
    ["an environment", { env: `#${"x".repeat(MEBIBYTE)}` }],
    ["a file", { files: [{ path: "a", text: "x".repeat(MEBIBYTE + 1) }] }],
  ] as const
) {
  Deno.test(`${what} of more than 1 MiB is refused before Compose reads it`, async () => {
    await using it = await withLargeBodies();
    await it.create("web", { deploy: false });
    let reads = 0;
    it.compose.onConfig = () => Promise.resolve(void reads++);
    const refused = [
      await it.call("PUT", "/stacks/1", change),
      await it.call("POST", "/stacks", { name: "new", compose: COMPOSE, deploy: false, ...change }),
    ];
    assertEquals([refused.map(({ status }) => status), reads], [[413, 413], 0]);
    assertEquals((await it.call("GET", "/stacks/1/versions")).body.length, 1);
  });
}

Deno.test("a compose text of 1 MiB can be deployed", async () => {
  await using it = await withLargeBodies();
  await it.create("web", { deploy: false });
  assertEquals((await it.call("PUT", "/stacks/1", { compose: `${COMPOSE}# ${LONG}` })).status, 200);
  assertEquals((await it.call("POST", "/stacks/1/deploy?wait=1")).body.state, "succeeded");
});

Deno.test("a single file and an upload of more than 1 MiB are refused", async () => {
  await using it = await withLargeBodies();
  await it.create("web", { deploy: false });
  const large = "x".repeat(MEBIBYTE + 1);
  const answers = [
    await it.call("PUT", "/stacks/1/files/a", large),
    await it.call("POST", "/stacks/uploads", large),
  ];
  assertEquals(answers.map(({ status }) => status), [413, 413]);
});
