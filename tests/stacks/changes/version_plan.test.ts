/** Tests of the plan of a version, with a fake engine and a fake Compose. */
import { assertEquals } from "../../assert.ts";
import { COMPOSE, serveStacks } from "../client.ts";
import { wholeEngine } from "./listed_engine.ts";

const WITH_FILE = `${COMPOSE}    env_file: a.env\n`;

Deno.test("a plan for a version has its texts, its files and the images of its last deployment", async () => {
  const pinned = `busybox@sha256:${"a".repeat(64)}`;
  const engine = wholeEngine();
  const answers = engine.onCall!;
  engine.onCall = (call, signal) =>
    call.path.startsWith("/images") ? { Id: "sha256:1", RepoDigests: [pinned] } : answers(call, signal);
  await using it = await serveStacks({ engine });
  const id = await it.create("web", { compose: WITH_FILE, env: "A=1\n", deploy: false });
  await it.call("PUT", `/stacks/${id}/files/a.env`, "X=1\n");
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  await it.call("PUT", `/stacks/${id}`, { compose: COMPOSE, env: "" });
  await it.call("DELETE", `/stacks/${id}/files/a.env`);
  let read: readonly string[] = [];
  it.compose.onConfig = async ({ files }) => {
    const paths = [files!.compose, files!.env!, `${files!.folder}/a.env`, ...files!.overrides ?? []];
    read = await Promise.all(paths.map((path) => Deno.readTextFile(path)));
  };
  const { status, body } = await it.call("POST", "/stacks/plan", { stack_id: id, version: 2 });
  assertEquals([status, body.services?.[0].service], [200, "web"]);
  const pins = `${JSON.stringify({ services: { web: { image: pinned } } })}\n`;
  assertEquals(read, [WITH_FILE, "A=1\n", "X=1\n", pins]);
});

Deno.test("a plan for a version does not read the files that only the present one has", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  const id = await it.create("web", { compose: WITH_FILE, deploy: false });
  await it.call("PUT", `/stacks/${id}/files/a.env`, "X=1\n");
  let isThere = true;
  it.compose.onConfig = async ({ files }) => {
    isThere = (await Array.fromAsync(Deno.readDir(files!.folder))).some(({ name }) => name === "a.env");
  };
  assertEquals((await it.call("POST", "/stacks/plan", { stack_id: id, version: 1 })).status, 200);
  assertEquals(isThere, false);
});

Deno.test("a plan for a version builds a service whose build files are others in that version", async () => {
  const engine = wholeEngine();
  await using it = await serveStacks({ engine });
  it.compose.hidden = ({ files }) => ({ services: { web: { build: { context: `${files?.folder}/app` } } } });
  const id = await it.create("web", { deploy: false });
  const save = (...files: object[]) => it.call("PUT", `/stacks/${id}`, { files });
  await save({ path: "app/Dockerfile", text: "FROM a" });
  await save({ path: "app/Dockerfile", text: "FROM b" });
  await save({ path: "app/more", text: "c" });
  await save({ path: "outside", text: "d" });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const images = async (version: number) =>
    (await it.call("POST", "/stacks/plan", { stack_id: id, version })).body.images[0].action;
  assertEquals(await images(2), "build", "another Dockerfile");
  assertEquals(await images(3), "build", "a file less");
  assertEquals(await images(4), "keep", "a file less outside the context");
  assertEquals(await images(5), "keep", "the same files");
  const runs: string[] = [];
  it.compose.work = (_write, args) => {
    runs.push(args.join(" "));
    return Promise.resolve({ code: 0, error: undefined });
  };
  await it.call("POST", `/stacks/${id}/versions/2/deploy?wait=1`);
  assertEquals(runs, ["build web", "up -d --remove-orphans"], "the deployment does as planned");
});

Deno.test("a plan for a version builds a service whose build files have other permissions in that version", async () => {
  await using it = await serveStacks({ engine: wholeEngine() });
  it.compose.hidden = ({ files }) => ({ services: { web: { build: { context: `${files?.folder}/app` } } } });
  const id = await it.create("web", { deploy: false });
  await it.call("PUT", `/stacks/${id}/files/app/run.sh`, "a");
  await it.call("PUT", `/stacks/${id}/files/app/run.sh?mode=755`, "a");
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const { body } = await it.call("POST", "/stacks/plan", { stack_id: id, version: 2 });
  assertEquals(body.images[0].action, "build");
});

for (
  const [what, body, status] of [
    ["one without a stack", { version: 1 }, 422],
    ["one with a text", { stack_id: 1, version: 1, compose: COMPOSE }, 422],
    ["one with files", { stack_id: 1, version: 1, files: [] }, 422],
    ["an update", { stack_id: 1, version: 1, command: "update" }, 422],
    ["an unknown one", { stack_id: 1, version: 1.5 }, 404],
    ["one of an unknown stack", { stack_id: 9, version: 1 }, 404],
  ] as const
) {
  Deno.test(`the plan of a version is refused with ${status}: ${what}`, async () => {
    await using it = await serveStacks({ engine: wholeEngine() });
    await it.create("web", { deploy: false });
    assertEquals((await it.call("POST", "/stacks/plan", body)).status, status);
  });
}
