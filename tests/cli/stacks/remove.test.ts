import { remove, renderPreview } from "../../../server/cli/stacks/remove.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../../stacks/client.ts";
import { Captured, deployed, runCli } from "./client.ts";

function removal({ server }: ServedStacks, yes = false) {
  const client = new ServerClient(server.url, TOKEN);
  const { signal } = new AbortController();
  return { verb: "rm", names: ["web"], flags: yes ? { yes } : {}, client, signal } as const;
}

Deno.test("without a terminal a stack is removed at once", async () => {
  await using it = await serveStacks();
  await deployed(it);
  const { code, out } = await runCli(it, ["rm", "web", "--volumes"]);
  assertEquals([code, (await it.call("GET", "/stacks")).body], [0, []]);
  assertEquals(out.includes("deletes"), false);
  assertEquals(it.compose.runs.at(-1)?.args.includes("--volumes"), true);
});

Deno.test("on a terminal it lists what will be deleted, and a no removes nothing", async () => {
  await using it = await serveStacks();
  const id = await deployed(it);
  using captured = new Captured();
  const questions: string[] = [];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(false);
  };
  await assertRejects(() => remove(removal(it), ask), AppError, "Nothing was removed");
  assertStringIncludes(captured.out, 'Removing "web" deletes\n  containers: web-web-1\n');
  assertEquals(questions, ['Remove "web"?']);
  assertEquals((await it.call("GET", `/stacks/${id}`)).status, 200);
});

Deno.test("a yes, and --yes without a question, remove the stack", async () => {
  for (const yes of [true, false]) {
    await using it = await serveStacks();
    await deployed(it);
    using _captured = new Captured();
    await remove(removal(it, yes), () => yes ? Promise.reject(new Error("asked")) : Promise.resolve(true));
    assertEquals((await it.call("GET", "/stacks")).body, []);
  }
});

Deno.test("a project that DockStat did not create is removed", async () => {
  const container = fakeContainer("byhand-db-1", { project: "byhand", service: "db" });
  await using it = await serveStacks({ engine: new FakeEngine(container) });
  const { code, out, err } = await runCli(it, ["rm", "byhand"]);
  assertEquals([code, err], [0, ""]);
  assertStringIncludes(out, "removing  Project removed successfully");
});

Deno.test("the preview has sizes of volumes, and shows control characters of names as spaces", () => {
  const preview = {
    containers: ["web-1\x1b[2J"],
    networks: [],
    volumes: [{ name: "data", bytes: 1536 }, { name: "other", bytes: null }],
    files: { deleted: ["/d/compose.yaml"], kept: ["/d/data"] },
  };
  assertEquals(renderPreview({ name: "web" }, preview), [
    'Removing "web" deletes',
    "  containers: web-1 [2J",
    "  volumes with their data: data (1.5 KiB), other",
    '  files: "/d/compose.yaml"',
    "and keeps",
    '  files: "/d/data"',
  ]);
});

Deno.test("release keeps the containers and prints the paths that stay", async () => {
  await using it = await serveStacks();
  await deployed(it);
  const { code, out, err } = await runCli(it, ["release", "web"]);
  assertEquals([code, err], [0, ""]);
  assertMatch(
    out,
    /^Released stack "web": its containers stay, and so do these paths:\n {2}"[^"]+\/texts\/1\/compose.yaml"\n/,
  );
  assertEquals([it.engine.containers.size, (await it.call("GET", "/stacks")).body[0].managed], [1, false]);
});
