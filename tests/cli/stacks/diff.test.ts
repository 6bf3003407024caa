import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../../stacks/client.ts";
import { deployedLast } from "../../../server/cli/stacks/diff.ts";
import { deployed, putFile, runCli } from "./client.ts";

Deno.test("compares what is stored with the version that was deployed last, with exit code 0", async () => {
  await using it = await serveStacks();
  it.engine.onCall = () => [];
  const id = await deployed(it);
  const unchanged = (await runCli(it, ["diff", "web"])).out;
  assertEquals(unchanged.split("\n")[0], "No difference between version 1 and stored");
  await it.call("PUT", `/stacks/${id}`, { compose: COMPOSE.replace("busybox:1", "busybox:2") });
  await putFile(it, `/stacks/${id}/files/app.txt`, "x");
  const { code, out, err } = await runCli(it, ["diff", "web"]);
  assertEquals([code, err], [0, ""]);
  const lines = out.split("\n");
  const at = lines.indexOf("   web:");
  assertEquals(lines.slice(at, at + 7), [
    "   web:",
    "-    image: busybox:1",
    "+    image: busybox:2",
    'file added: "app.txt"',
    "",
    "SERVICE   DEPLOYMENT   DOWNTIME   REASON",
    "web       create       -",
  ]);
});

Deno.test("compares with the version of --version", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  await it.call("PUT", `/stacks/${id}`, { env: "A=1\n" });
  const { code, out } = await runCli(it, ["diff", "web", "--version", "1"]);
  assertEquals(code, 0);
  assertStringIncludes(out, "--- .env (version 1)\n+++ .env (stored)\n");
  assertEquals((await runCli(it, ["diff", "web", "--version=7"])).err.includes("has no version 7"), true);
});

Deno.test("a stack that was never deployed has changes only", async () => {
  await using it = await serveStacks();
  it.engine.onCall = () => [];
  await it.create("web", { deploy: false });
  const { code, out } = await runCli(it, ["diff", "web"]);
  assertEquals([code, out.split("\n")[0]], [0, "SERVICE   DEPLOYMENT   DOWNTIME   REASON"]);
});

Deno.test("the images and networks of a deployment are listed below its services", async () => {
  await using it = await serveStacks();
  it.engine.onCall = ({ path }) => {
    if (path.startsWith("/images")) throw new AppError("not-found", "no such image");
    return [];
  };
  await it.create("web", { deploy: false });
  const { out } = await runCli(it, ["diff", "web"]);
  assertStringIncludes(out, "\n\nIMAGE       DEPLOYMENT   SERVICES\nbusybox:1   pull         web\n");
});

Deno.test("--json prints the answer of POST /stacks/plan on one line", async () => {
  await using it = await serveStacks();
  it.engine.onCall = () => [];
  const id = await deployed(it);
  const { body } = await it.call("POST", "/stacks/plan", { stack_id: id });
  const { code, out } = await runCli(it, ["diff", "web", "--json"]);
  assertEquals([code, out], [0, `${JSON.stringify(body)}\n`]);
});

Deno.test("the texts are compared although the engine does not answer", async () => {
  await using it = await serveStacks();
  await deployed(it);
  it.engine.onCall = () => {
    throw new AppError("engine-unreachable", "no answer");
  };
  const { code, out, err } = await runCli(it, ["diff", "web"]);
  assertEquals([code, out], [1, "No difference between version 1 and stored\n"]);
  assertStringIncludes(err, "no answer");
});

Deno.test("compares with a file, and with standard input", async () => {
  using folder = temporaryFolder({ "new.yaml": `${COMPOSE}    restart: always\n` });
  await using it = await serveStacks();
  await it.create("web", { deploy: false });
  const { out } = await runCli(it, ["diff", "web", "--file", folder.path("new.yaml")]);
  assertStringIncludes(out, `+++ compose.yaml (${folder.path("new.yaml")})\n`);
  assertStringIncludes(out, "\n+    restart: always\n");
  const same = await runCli(it, ["diff", "web", "--file", "-"], COMPOSE);
  assertEquals(same.out, "No difference between stored and standard input\n");
});

Deno.test("a project has the changes of its first deployment, and is not adopted", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const engine = new FakeEngine(
    fakeContainer("byhand-web-1", { project: "byhand", service: "web", ...labels }),
  );
  engine.onCall = () => [];
  await using it = await serveStacks({ engine });
  const { code, out } = await runCli(it, ["diff", "byhand"]);
  assertEquals([code, out.split("\n")[1]], [0, "web       create       -"]);
  assertEquals((await it.call("GET", "/stacks")).body[0].managed, false);
});

Deno.test("the version that was deployed last is the newest one, also after a clock was set back", () => {
  const versions = [
    { version: 4, deployed_at: null },
    { version: 3, deployed_at: "2026-08-01T12:00:00.000Z" },
    { version: 2, deployed_at: "2036-08-01T12:00:00.000Z" },
  ];
  assertEquals(deployedLast(versions)?.version, 3);
  assertEquals(deployedLast([]), undefined);
});
