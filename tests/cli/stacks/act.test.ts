import { assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { FakeCompose } from "../../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { serveStacks } from "../../stacks/client.ts";
import { deployed, runCli } from "./client.ts";

Deno.test("--service restarts one service", async () => {
  await using it = await serveStacks();
  await deployed(it);
  assertEquals((await runCli(it, ["restart", "web", "--service", "web"])).code, 0);
  const [operation] = (await it.call("GET", "/operations")).body;
  assertEquals([operation.action, operation.target.kind, operation.target.name], [
    "restarting",
    "service",
    "web",
  ]);
});

Deno.test("--service of a project that DockStat did not create is refused with the way to adopt it", async () => {
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("db", { project: "byhand" })) });
  const { code, err } = await runCli(it, ["stop", "byhand", "--service", "db"]);
  assertEquals(code, 1);
  assertStringIncludes(err, 'Cannot stop one service of "byhand": DockStat did not create it');
});

Deno.test("--recreate of a deployment recreates all containers", async () => {
  await using it = await serveStacks();
  await deployed(it);
  assertEquals((await runCli(it, ["deploy", "web", "--build", "--recreate"])).code, 0);
  assertEquals(it.compose.runs.at(-1)?.args.includes("--force-recreate"), true);
});

Deno.test("warnings of an operation are printed once, on standard error, also after a failure", async () => {
  const compose = new FakeCompose();
  compose.work = (write) => {
    write('time="2026-08-01T12:00:00Z" level=warning msg="The variable is not set"');
    write('time="2026-08-01T12:00:01Z" level=warning msg="The variable is not set"');
    return Promise.resolve({ code: 1, error: "no" });
  };
  await using it = await serveStacks({ compose });
  await deployed(it);
  const { code, out, err } = await runCli(it, ["deploy", "web"]);
  assertEquals([code, out.includes("The variable")], [1, false]);
  assertMatch(err, /^warning: The variable is not set\ndockstat: Deploying "web" has failed: no\n$/);
});

Deno.test("cancel cancels the running operation and waits for its end", async () => {
  const compose = new FakeCompose();
  compose.work = (_write, _args, signal) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ code: 130, error: undefined }), { once: true })
    );
  await using it = await serveStacks({ compose });
  await it.create("web");
  await eventually("the run", () => compose.running === 1);
  assertEquals(await runCli(it, ["cancel", "web"]), { code: 0, out: 'Cancelled deploying "web"\n', err: "" });
});

Deno.test("cancel fails if nothing runs", async () => {
  await using it = await serveStacks();
  await deployed(it);
  const { code, err } = await runCli(it, ["cancel", "web"]);
  assertEquals([code, err], [1, 'dockstat: Cannot cancel stack "1": no operation runs on it\n']);
});

Deno.test("a failure does not stop the commands on the other stacks", async () => {
  const compose = new FakeCompose();
  await using it = await serveStacks({ compose });
  for (const name of ["one", "two"]) {
    await it.call("POST", "/stacks?wait=1", {
      name,
      compose: "services:\n  web:\n    image: busybox:1\n",
    });
  }
  compose.work = (_write, _args, _signal, project) =>
    Promise.resolve(project === "one" ? { code: 1, error: "no" } : { code: 0, error: undefined });
  const { code, out, err } = await runCli(it, ["restart", "one", "two"]);
  assertEquals([code, err], [1, 'dockstat: Restarting "one" has failed: no\n']);
  assertStringIncludes(out, "restarting  Stack restarted successfully");
});
