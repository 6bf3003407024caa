import type { Stack } from "../../../server/protocol/stacks.ts";
import { serve, type Server } from "../../../server/serve.ts";
import { assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { freshFolder, testConfig, TOKEN } from "../../client.ts";
import { IMAGE, realEngines } from "../../e2e/engines.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { freePort } from "../../free_port.ts";
import { type Program, startProgram } from "../../program.ts";

const SLEEPS = `services:
  web:
    image: ${IMAGE}
    network_mode: none
    stop_grace_period: 0s
    command: sh -c "echo hello; exec sleep 1000"
`;
const FAILS = `services:
  job:
    image: ${IMAGE}
    network_mode: none
    command: sh -c "exit 3"
  web:
    image: ${IMAGE}
    network_mode: none
    command: sleep 1000
    depends_on:
      job:
        condition: service_completed_successfully
`;
/** Never finishes starting, since it waits for a job that does not end. */
const HANGS = FAILS.replace('sh -c "exit 3"', "sleep 1000");
/** Has a bind mount whose folder Docker creates. */
const BINDS = SLEEPS.replace("    command", "    volumes: [./data:/data]\n    command");
/** Takes longer to stop than a loaded machine needs for Ctrl-C. */
const STOPS_SLOWLY = SLEEPS.replace("0s", "20s");

const [engine] = await realEngines();

/** A server, files, and a unique project name; disposing it removes the project. */
class Scene implements AsyncDisposable {
  readonly name = `dockstat-cli-${crypto.randomUUID().slice(0, 8)}`;
  readonly #folder = temporaryFolder({
    "sleeps.yaml": SLEEPS,
    "fails.yaml": FAILS,
    "hangs.yaml": HANGS,
    "slow.yaml": STOPS_SLOWLY,
    "binds.yaml": BINDS,
  });

  private constructor(readonly server: Server) {}

  static async open(): Promise<Scene> {
    const hosts = [{ kind: "docker" as const, id: "Localhost", endpoint: { url: engine.url } }];
    return new Scene(await serve(testConfig(hosts)));
  }

  file(name: string): string {
    return this.#folder.path(name);
  }

  start(...args: string[]): Program {
    const { port } = new URL(this.server.url);
    return startProgram(["stacks", ...args, "--port", port], { DOCKSTAT_TOKEN: TOKEN });
  }

  /** Runs the program until it exits. */
  async run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    await using program = this.start(...args);
    return { code: await program.status, out: program.out, err: program.err };
  }

  async stack(): Promise<Stack | undefined> {
    const stacks: Stack[] = await (await fetch(`${this.server.url}/stacks`)).json();
    return stacks.find(({ name }) => name === this.name);
  }

  /** Waits until the server reports a service in this state. */
  async reaches(state: string): Promise<void> {
    await eventually(state, async () => (await this.stack())?.services.some((one) => one.state === state));
  }

  compose(...args: string[]): Promise<string | undefined> {
    return tryRun("docker", ["-H", engine.url, "compose", "-p", this.name, ...args]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    await this.compose("down", "--remove-orphans", "--timeout", "0");
    this.#folder[Symbol.dispose]();
  }
}

Deno.test("stacks --help lists its commands, and wrong usage exits with 2", async () => {
  await using help = startProgram(["stacks", "--help"]);
  assertEquals(await help.status, 0);
  assertStringIncludes(help.out, "adopt PROJECT");
  await using wrong = startProgram(["stacks", "create", "web", "--file", "/nowhere/compose.yaml"]);
  assertEquals([await wrong.status, wrong.out], [2, ""]);
  assertStringIncludes(wrong.err, 'cannot read "/nowhere/compose.yaml": there is no such file');
});

Deno.test("without a server it explains how to start one and creates no token", async () => {
  const port = freePort();
  const data = freshFolder();
  await using program = startProgram(["stacks", "--port", String(port), "--data", data]);
  assertEquals([await program.status, program.out], [1, ""]);
  assertEquals(
    program.err,
    `dockstat: Cannot reach DockStat at http://127.0.0.1:${port}: start it with "dockstat serve", ` +
      "or give its address with --host and --port\n",
  );
  assertEquals(await Deno.stat(data).catch(() => "missing"), "missing");
});

Deno.test("a removal prints the files that it kept", async () => {
  await using scene = await Scene.open();
  assertEquals((await scene.run("create", scene.name, "--file", scene.file("binds.yaml"))).code, 0);
  const { code, out } = await scene.run("rm", scene.name);
  assertEquals(code, 0);
  assertMatch(out, /^Kept files that DockStat did not write: "[^"]+\/stacks\/1\/data"$/m);
});

Deno.test("a stack is created, listed, read, stopped, started and removed, with exit code 0", async () => {
  await using scene = await Scene.open();
  const { name } = scene;
  const created = await scene.run("create", name, "--file", scene.file("sleeps.yaml"));
  assertEquals([created.code, created.err], [0, ""]);
  assertMatch(created.out, new RegExp(`^Created stack "${name}" \\(ID \\d+\\) on host "Localhost"\n`));
  for (const message of [`Creating container ${name}-web-1`, "Stack deployed successfully"]) {
    assertEquals(
      created.out.split(`deploying  ${message}\n`).length,
      2,
      `"${message}" once in ${created.out}`,
    );
  }
  await scene.reaches("running");
  const { out } = await scene.run();
  assertMatch(out, /^ID +NAME +HOST +STATUS +CONTAINERS\n/);
  assertMatch(out, new RegExp(`\n\\d+ +${name} +Localhost +\\w+ +1/1\n`));
  await using logs = scene.start("logs", name, "--tail", "10");
  await eventually("its line", () => logs.out === "web | hello\n");
  logs.kill("SIGINT");
  assertEquals(await logs.status, 0);
  const stopped = await scene.run("stop", String((await scene.stack())?.stack_id));
  assertEquals([stopped.code, stopped.out.split("\n").at(-2)], [0, "stopping  Stack stopped successfully"]);
  await scene.reaches("exited");
  assertEquals((await scene.run("start", name)).code, 0);
  const removed = await scene.run("rm", name, "--volumes");
  assertEquals([removed.code, removed.out.split("\n").at(-2)], [0, "removing  Stack removed successfully"]);
  assertEquals(await scene.compose("ps", "-aq"), "");
});

Deno.test("a failed deployment exits with 1 and prints the error of Compose on standard error", async () => {
  await using scene = await Scene.open();
  const { code, out, err } = await scene.run("create", scene.name, "--file", scene.file("fails.yaml"));
  assertEquals(code, 1);
  assertMatch(err, new RegExp(`^dockstat: Deploying "${scene.name}" has failed: .*exit 3`));
  assertStringIncludes(out, `deploying  Creating container ${scene.name}-job-1\n`);
  assertEquals((await scene.run("rm", scene.name)).code, 0);
});

Deno.test("an invalid stack, a warning and an unknown stack are reported with the server's message", async () => {
  await using scene = await Scene.open();
  await Deno.writeTextFile(scene.file("wrong.yaml"), "services:\n  web:\n    imagee: x\n");
  const wrong = await scene.run("create", scene.name, "--file", scene.file("wrong.yaml"));
  assertEquals([wrong.code, wrong.out], [1, ""]);
  assertMatch(wrong.err, /^dockstat: Cannot use this stack: .*line 3, column 5/);
  await Deno.writeTextFile(scene.file("untagged.yaml"), "services:\n  web:\n    image: busybox\n");
  const untagged = await scene.run(
    "create",
    scene.name,
    "--file",
    scene.file("untagged.yaml"),
    "--no-deploy",
  );
  assertEquals([untagged.code, untagged.out.split("\n").length], [0, 2]);
  assertMatch(
    untagged.err,
    /untagged\.yaml:3:\d+: warning: compose\.services\.web\.image: .* has no fixed version/,
  );
  const named = await scene.run("create", "Bad_Näme", "--file", scene.file("untagged.yaml"));
  assertMatch(named.err, /^dockstat: name: found "Bad_Näme": expected a name of lower-case letters/);
  const missing = await scene.run("stop", "missing");
  assertEquals([missing.code, missing.out], [1, ""]);
  assertStringIncludes(missing.err, 'There is no stack "missing"');
});

Deno.test("Ctrl-C cancels the operation, waits until it ends, and exits with 1", async () => {
  await using scene = await Scene.open();
  await using program = scene.start("create", scene.name, "--file", scene.file("hangs.yaml"));
  await eventually("a waiting container", () => program.out.includes("Waiting container"));
  program.kill("SIGINT");
  await program.logged("Cancelling, waiting for the end");
  await program.logged(`dockstat: Deploying "${scene.name}" was cancelled\n`);
  assertEquals(await program.status, 1);
  assertEquals((await scene.stack())?.operation, null);
});

Deno.test("a project that DockStat did not create is listed, stopped, adopted and removed", async () => {
  await using scene = await Scene.open();
  await scene.compose("-f", scene.file("sleeps.yaml"), "up", "-d");
  await scene.reaches("running");
  assertMatch((await scene.run("ls")).out, new RegExp(`\n- +${scene.name} +Localhost +running +1/1\n`));
  const refused = await scene.run("deploy", scene.name);
  assertEquals([refused.code, refused.out], [1, ""]);
  assertStringIncludes(refused.err, `dockstat stacks adopt ${scene.name}`);
  const stopped = await scene.run("stop", scene.name);
  assertEquals([stopped.code, stopped.out.split("\n").at(-2)], [0, "stopping  Project stopped successfully"]);
  const adopted = await scene.run("adopt", scene.name);
  assertEquals(adopted.code, 0, adopted.err);
  assertMatch(adopted.out, /^Adopted stack ".*" \(ID \d+\)/);
  assertEquals((await scene.run("rm", scene.name)).code, 0);
});

Deno.test("Ctrl-C cancels the operation of a project that DockStat did not create", async () => {
  await using scene = await Scene.open();
  await scene.compose("-f", scene.file("slow.yaml"), "up", "-d");
  await scene.reaches("running");
  await using program = scene.start("restart", scene.name);
  await eventually("the start of the operation", () => program.out.includes("Restarting container"));
  program.kill("SIGINT");
  assertEquals(await program.status, 1);
  assertMatch(program.err, new RegExp(`Restarting "${scene.name}" was cancelled`));
});
