import * as v from "valibot";
import { StackFile } from "../../server/protocol/stack_files.ts";
import { StackVersion, StackVersionContents } from "../../server/protocol/stack_versions.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../stacks/client.ts";

const authorization = `Bearer ${TOKEN}`;

/** Sends bytes to a file of stack 1, or requests one. */
async function file(it: ServedStacks, method: string, path: string, body?: BodyInit): Promise<Response> {
  return await fetch(`${it.server.url}/stacks/1/files/${path}`, {
    method,
    headers: { authorization },
    ...body === undefined ? {} : { body },
  });
}

/** Sends bytes to a file and returns the status. */
async function put(it: ServedStacks, path: string, body: BodyInit = "x"): Promise<number> {
  const response = await file(it, "PUT", path, body);
  await response.body?.cancel();
  return response.status;
}

Deno.test("stores a file byte for byte, and answers with what a browser only saves", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const bytes = new Uint8Array([0, 255, 13, 10, 60, 115]);
  const made = await file(it, "PUT", "conf/app%20%C3%BC.html", bytes);
  const body = await made.json();
  assert(v.is(StackFile, body), JSON.stringify(body));
  assertEquals([made.status, body.path, body.size], [201, "conf/app ü.html", 6]);
  const found = await file(it, "GET", "conf/app%20%C3%BC.html");
  assertEquals(new Uint8Array(await found.arrayBuffer()), bytes);
  const header = (name: string) => found.headers.get(name);
  assertEquals(header("content-type"), "application/octet-stream");
  assertEquals(header("content-disposition"), "attachment; filename*=UTF-8''app%20%C3%BC.html");
  assertEquals([header("cache-control"), header("x-content-type-options")], ["no-store", "nosniff"]);
});

Deno.test("replaces, lists and deletes files", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  assertEquals([await put(it, "a"), await put(it, "a", "yy"), await put(it, "b/c")], [201, 200, 201]);
  const { body } = await it.call("GET", "/stacks/1/files");
  assertEquals(body.map(({ path, size }: StackFile) => [path, size]), [["a", 2], ["b/c", 1]]);
  assertEquals((await file(it, "DELETE", "a")).status, 204);
  for (const method of ["GET", "DELETE"]) {
    const missing = await file(it, method, "a");
    assertEquals([missing.status, (await missing.json()).detail], [404, 'Stack "1" has no file "a"']);
  }
});

for (
  const path of [
    "compose.yaml",
    ".env",
    ".git/config",
    "a//b",
    "docker-compose.override.yml",
    "a%00b",
    "a%0Ab",
  ]
) {
  Deno.test(`a stack cannot have the file ${path}`, async () => {
    await using it = await serveStacks();
    await it.create("web", { deploy: false });
    const status = await put(it, path);
    assert(status === 422 || status === 400, String(status));
    assertEquals((await it.call("GET", "/stacks/1/files")).body, []);
  });
}

Deno.test("a file that is too long is refused and not stored", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  assertEquals(await put(it, "a", new Uint8Array(1024 * 1024 + 1)), 413);
  assertEquals((await it.call("GET", "/stacks/1/files")).body, []);
});

Deno.test("a file that the text names is not deleted", async () => {
  await using it = await serveStacks();
  const compose = `${COMPOSE}    env_file: ./app.env\n    volumes: ["./html:/html"]\n`;
  await it.create("web", { compose, deploy: false });
  await put(it, "app.env");
  const { status, body } = await it.call("DELETE", "/stacks/1/files/app.env");
  assertEquals([status, body.detail], [
    409,
    'Cannot delete "app.env": the compose file names it. Remove it there first',
  ]);
});

Deno.test("a file is not written where a running container can move its folders", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  await it.create("web", { deploy: false });
  engine.put(fakeContainer("editor", { writableFolders: "/data/stacks/1" }));
  await eventually("the container", async () => (await put(it, "a/b")) === 409);
  assertEquals(await put(it, "c"), 201);
});

Deno.test("files need the token", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await put(it, "a");
  for (const path of ["files", "files/a", "versions/1"]) {
    const response = await fetch(`${it.server.url}/stacks/1/${path}`);
    await response.body?.cancel();
    assertEquals(response.status, 401, path);
  }
});

Deno.test("versions show the names of files with the token only", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await put(it, "private.txt");
  await it.call("DELETE", "/stacks/1/files/private.txt");
  const reasons = async (headers: HeadersInit) => {
    const response = await fetch(`${it.server.url}/stacks/1/versions`, { headers });
    return (await response.json()).map(({ reason }: { reason: string }) => reason);
  };
  assertEquals(await reasons({}), ["deleted a file", "added a file", "created"]);
  assertEquals((await it.call("GET", "/stacks/1/versions")).body[1].reason, "added private.txt");
});

Deno.test("an adopted stack has only the files that its text names, in the user's folder", async () => {
  using folder = temporaryFolder({
    "compose.yaml": `${COMPOSE}    env_file: [app.env, none.env]\n`,
    "app.env": "A=1\n",
    "other.txt": "private",
  });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  assertEquals(
    (await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" })).status,
    201,
  );
  const { body } = await it.call("GET", "/stacks/1/files");
  assertEquals(body.map(({ path, size }: StackFile) => [path, size]), [["app.env", 4], ["none.env", null]]);
  assertEquals(await (await file(it, "GET", "app.env")).text(), "A=1\n");
  assertEquals((await it.call("GET", "/stacks/1/files/other.txt")).status, 404);
  assertEquals([await put(it, "other.txt"), await put(it, "app.env", "A=2\n")], [403, 200]);
  assertEquals(Deno.readTextFileSync(folder.path("app.env")), "A=2\n");
  assertEquals((await it.call("DELETE", "/stacks/1/files/app.env")).status, 403);
});

Deno.test("a changed file of an adopted stack is a pending change until the next deployment", async () => {
  using folder = temporaryFolder({ "compose.yaml": `${COMPOSE}    env_file: app.env\n`, "app.env": "A=1\n" });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  await it.call("POST", "/stacks/1/deploy?wait=1");
  const pending = async () => (await it.call("GET", "/stacks/1")).body.pending_changes;
  await put(it, "app.env", "A=1\n");
  assertEquals(await pending(), false);
  await put(it, "app.env", "A=2\n");
  assertEquals(await pending(), true);
  await it.call("POST", "/stacks/1/deploy?wait=1");
  assertEquals(await pending(), false);
});

Deno.test("each save makes a version, with its reason", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await it.call("PUT", "/stacks/1", { env: "A=1" });
  await put(it, "a");
  const { body } = await it.call("GET", "/stacks/1/versions");
  assert(body.every((one: unknown) => v.is(StackVersion, one)), JSON.stringify(body));
  assertEquals(body.map(({ version, reason, current }: StackVersion) => [version, reason, current]), [
    ...[[3, "added a", true], [2, "changed", false], [1, "created", false]],
  ]);
});

Deno.test("a version has its texts and the list of its files", async () => {
  await using it = await serveStacks();
  await it.create("web", { env: "A=1\r\n", deploy: false });
  await put(it, "a", "xy");
  const { body } = await it.call("GET", "/stacks/1/versions/2");
  assert(v.is(StackVersionContents, body), JSON.stringify(body));
  assertEquals([body.compose, body.env], [COMPOSE, "A=1\r\n"]);
  assertEquals(body.files.map(({ path, size }) => [path, size]), [["a", 2]]);
  assertEquals((await it.call("GET", "/stacks/1/versions/9")).status, 404);
});

Deno.test("a restored version has all of its contents, and deploys nothing", async () => {
  await using it = await serveStacks();
  await it.create("web", { env: "A=1", deploy: false });
  await put(it, "a", "one");
  const second = `${COMPOSE}    command: x\n`;
  await it.call("PUT", "/stacks/1", { compose: second, env: "A=2" });
  await put(it, "a", "two");
  await put(it, "b");
  const { status } = await it.call("POST", "/stacks/1/versions/2/restore");
  assertEquals([status, it.compose.runs], [200, []]);
  assertEquals((await it.call("GET", "/stacks/1/compose")).body, { compose: COMPOSE, env: "A=1" });
  assertEquals(await (await file(it, "GET", "a")).text(), "one");
  assertEquals((await it.call("GET", "/stacks/1/files")).body.length, 1);
  const [newest] = (await it.call("GET", "/stacks/1/versions")).body;
  assertEquals([newest.version, newest.reason], [6, "restored from version 2"]);
});

Deno.test("a version that Compose rejects now is not restored", async () => {
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  await it.call("PUT", "/stacks/1", { env: "A=2" });
  it.compose.services = [];
  const { status, body } = await it.call("POST", "/stacks/1/versions/1/restore");
  assertEquals(status, 422);
  assertEquals(body.errors, [
    { path: "compose.services", line: 1, column: 1, message: "expected at least one service" },
  ]);
  assertEquals((await it.call("GET", "/stacks/1/compose")).body.env, "A=2");
});

Deno.test("pending changes end with a deployment, which the version notes with its images", async () => {
  const engine = new FakeEngine();
  engine.onCall = ({ path }) => path.startsWith("/images/") ? { RepoDigests: ["busybox@sha256:abc"] } : [];
  await using it = await serveStacks({ engine });
  await it.create("web", { deploy: false });
  assertEquals((await it.call("GET", "/stacks/1")).body.pending_changes, true);
  await it.call("POST", "/stacks/1/deploy?wait=1");
  assertEquals((await it.call("GET", "/stacks/1")).body.pending_changes, false);
  const [version] = (await it.call("GET", "/stacks/1/versions")).body;
  assertEquals(version.images, [{ service: "web", image: "busybox:1", digest: "sha256:abc" }]);
  await it.call("PUT", "/stacks/1", { env: "A=1" });
  assertEquals((await it.call("GET", "/stacks/1")).body.pending_changes, true);
});

Deno.test("a version is not restored where a running container can move the folders of its files", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  await it.create("shop", { deploy: false });
  await it.call("PUT", "/stacks/1/files/conf/a.txt", "1");
  await it.call("PUT", "/stacks/1/files/conf/a.txt", "2");
  engine.put(fakeContainer("editor", { writableFolders: "/data/stacks/1" }));
  await eventually(
    "the container",
    async () => (await it.call("GET", "/docker/hosts")).body[0].containers === 1,
  );
  assertEquals((await it.call("POST", "/stacks/1/versions/2/restore")).status, 409);
  assertEquals((await it.call("POST", "/stacks/1/versions/3/restore")).status, 200);
});
