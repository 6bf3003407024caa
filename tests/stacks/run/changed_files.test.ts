import { difference } from "../../../server/stacks/run/changed_files.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { FakeCompose } from "../../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../client.ts";

const OTHER = "services:\n  web:\n    image: busybox:2\n";

async function serveIn(data: string, compose = new FakeCompose()) {
  return await serveStacks({ changes: { data }, compose });
}

Deno.test("refuses to run a changed file with the difference, and runs it once it is accepted", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const id = await it.create("web", { deploy: false });
  Deno.writeTextFileSync(`${data}/texts/${id}/compose.yaml`, OTHER);
  const refused = await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals([refused.status, refused.body.errors[0].path], [409, "compose"]);
  assertStringIncludes(refused.body.detail, "-    image: busybox:1\n+    image: busybox:2");
  assertEquals(it.compose.runs, []);
  assertEquals((await it.call("GET", `/stacks/${id}/compose`)).body.compose, COMPOSE);
  assertEquals((await it.call("POST", `/stacks/${id}/accept`)).status, 200);
  assertEquals((await it.call("GET", `/stacks/${id}/compose`)).body.compose, OTHER);
  assertEquals((await it.call("POST", `/stacks/${id}/deploy?wait=1`)).body.state, "succeeded");
});

Deno.test("does not accept a changed file that a change would not accept", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const id = await it.create("web", { deploy: false });
  Deno.writeTextFileSync(`${data}/texts/${id}/compose.yaml`, "services: {p: {provider: {type: x}}}");
  assertEquals((await it.call("POST", `/stacks/${id}/accept`)).status, 422);
  assertEquals((await it.call("POST", `/stacks/${id}/deploy`)).status, 409);
});

Deno.test("gives Compose the bytes that were checked, at a path that stays the same", async () => {
  const data = freshFolder();
  const compose = new FakeCompose();
  await using it = await serveIn(data, compose);
  const seen: (readonly [string, string, string])[] = [];
  compose.work = async (_write, _args, _signal, _project, files) => {
    // The stored file changes after the check.
    Deno.writeTextFileSync(`${data}/texts/1/compose.yaml`, OTHER);
    seen.push([
      files!.compose,
      await Deno.readTextFile(files!.compose),
      await Deno.readTextFile(files!.env!),
    ]);
    Deno.writeTextFileSync(`${data}/texts/1/compose.yaml`, COMPOSE);
    return { code: 0, error: undefined };
  };
  const id = await it.create("web", { env: "A=1\n", deploy: false });
  for (const _attempt of [1, 2]) await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const path = `${data}/texts/1/run/compose.yaml`;
  assertEquals(seen, [[path, COMPOSE, "A=1\n"], [path, COMPOSE, "A=1\n"]]);
  assertEquals([...Deno.readDirSync(`${data}/texts/1`)].map(({ name }) => name).sort(), [
    ".env",
    "compose.yaml",
  ]);
});

Deno.test("refuses to run a stack when a link leads out of its folder", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const file = "    env_file: [{path: x.env, required: false}]\n    volumes: [./data:/data]\n";
  const id = await it.create("web", { compose: COMPOSE + file, deploy: false });
  for (const name of ["x.env", "data"]) {
    Deno.symlinkSync("/etc/hostname", `${data}/stacks/${id}/${name}`);
    const { body } = await it.call("POST", `/stacks/${id}/deploy?wait=1`);
    assertEquals(body.state, "failed");
    assertStringIncludes(body.error, `${name}" leads out of the stack's folder through a link`);
    Deno.removeSync(`${data}/stacks/${id}/${name}`);
  }
  assertEquals(it.compose.runs, []);
  assertEquals((await it.call("POST", `/stacks/${id}/deploy?wait=1`)).body.state, "succeeded");
});

Deno.test("Compose reads the stored environment for a service that names it", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const text = `${COMPOSE}    env_file: .env\n`;
  const id = await it.create("web", { compose: text, env: "A=1\n", deploy: false });
  let read = "";
  it.compose.work = async (_write, _args, _signal, _project, files) => {
    const path = /env_file: "(.+)"/.exec(await Deno.readTextFile(files!.compose))?.[1] ?? "";
    read = await Deno.readTextFile(path);
    return { code: 0, error: undefined };
  };
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals(read, "A=1\n");
  it.compose.work = () => Promise.resolve({ code: 0, error: undefined });
  assertEquals((await it.call("DELETE", `/stacks/${id}?wait=1`)).body.kept, []);
});

Deno.test("stops and removes a stack by its name when its files are lost, and an update restores them", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const id = await it.create("web", { deploy: false });
  for (const folder of ["stacks", "texts"]) Deno.removeSync(`${data}/${folder}/${id}`, { recursive: true });
  assertEquals((await it.call("POST", `/stacks/${id}/stop?wait=1`)).body.state, "succeeded");
  const refused = await it.call("POST", `/stacks/${id}/deploy`);
  assertEquals(refused.status, 409);
  assertStringIncludes(refused.body.detail, "is missing. Save the stack's texts again");
  assertEquals((await it.call("PUT", `/stacks/${id}`, { compose: COMPOSE })).status, 200);
  assertEquals((await it.call("POST", `/stacks/${id}/deploy?wait=1`)).body.state, "succeeded");
  for (const folder of ["stacks", "texts"]) Deno.removeSync(`${data}/${folder}/${id}`, { recursive: true });
  assertEquals((await it.call("DELETE", `/stacks/${id}?wait=1`)).body.state, "succeeded");
});

Deno.test("lists the files that a removal keeps in its operation", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const id = await it.create("web", { deploy: false });
  Deno.mkdirSync(`${data}/stacks/${id}/data`);
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals(body.kept, [`${data}/stacks/${id}/data`]);
  assertEquals((await it.call("GET", `/operations/${body.operation_id}`)).body.kept, body.kept);
  assert(Deno.statSync(`${data}/stacks/${id}/data`).isDirectory);
});

Deno.test("uses the files of an adopted project as its source, which requires accepting edits", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const file = folder.path("compose.yaml");
  Deno.chmodSync(file, 0o640);
  const labels = { project: "shop", service: "web", composeFolder: folder.path(""), composeFiles: file };
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("shop-web-1", labels)) });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  const { stack_id: id } =
    (await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" })).body;
  Deno.writeTextFileSync(file, OTHER);
  assertEquals((await it.call("POST", `/stacks/${id}/deploy`)).status, 409);
  assertEquals((await it.call("GET", `/stacks/${id}/compose`)).body.compose, OTHER);
  assertEquals((await it.call("POST", `/stacks/${id}/accept`)).status, 200);
  assertEquals((await it.call("PUT", `/stacks/${id}`, { compose: COMPOSE, deploy: true })).status, 200);
  assertEquals([Deno.readTextFileSync(file), Deno.statSync(file).mode! & 0o777], [COMPOSE, 0o640]);
  await eventually("the end", async () => (await it.call("GET", `/stacks/${id}`)).body.operation === null);
  assertEquals((await it.call("DELETE", `/stacks/${id}?wait=1`)).body.kept, [file]);
});

Deno.test("adopts a project whose label names a copy of a lost database", async () => {
  using data = temporaryFolder({ "texts/7/compose.yaml": COMPOSE, "texts/7/.env": "A=1\n" });
  const composeFiles = data.path("texts/7/run/compose.yaml");
  const labels = { project: "shop", service: "web", composeFolder: data.path("stacks/7"), composeFiles };
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("shop-web-1", labels)) });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  const { status, body } = await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  assertEquals(status, 201);
  assertEquals((await it.call("GET", `/stacks/${body.stack_id}/compose`)).body, {
    compose: COMPOSE,
    env: "A=1\n",
  });
});

Deno.test("shows a difference within bounds and without control characters", () => {
  const text = (line: string) => new TextEncoder().encode(line);
  const shown = difference("/x", text("a\n"), text("b\u001b[2J\n" + "c\n".repeat(200)));
  assertStringIncludes(shown, "-a\n+b\ufffd[2J");
  assert(shown.split("\n").length <= 61, shown);
  assertStringIncludes(difference("/x", undefined, text("c\n".repeat(5000))), "too many lines differ");
});

Deno.test("an update of one text restores the other, and its deployment succeeds", async () => {
  const data = freshFolder();
  await using it = await serveIn(data);
  const id = await it.create("web", { deploy: false });
  Deno.writeTextFileSync(`${data}/texts/${id}/compose.yaml`, OTHER);
  assertEquals((await it.call("PUT", `/stacks/${id}`, { env: "A=1\n", deploy: true })).status, 200);
  assertEquals(Deno.readTextFileSync(`${data}/texts/${id}/compose.yaml`), COMPOSE);
});
