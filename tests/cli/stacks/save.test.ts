import { AppError } from "../../../server/errors.ts";
import { adopt } from "../../../server/cli/stacks/save.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { FakeCompose } from "../../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../../stacks/client.ts";
import { Captured, deployed, putFile, runCli } from "./client.ts";

const WITH_FILE = `${COMPOSE}    env_file: config/app.env\n`;

Deno.test("creates a stack from standard input and deploys it", async () => {
  await using it = await serveStacks();
  const { code, out, err } = await runCli(it, ["create", "web", "--file", "-"], COMPOSE);
  assertEquals([code, err], [0, ""]);
  assertMatch(out, /^Created stack "web" \(ID 1\) on host "Localhost"\n/);
  assertStringIncludes(out, "Stack deployed successfully");
  assertEquals((await it.call("GET", "/stacks/1/compose")).body, { compose: COMPOSE, env: "" });
});

Deno.test("creates a stack from a folder as one version, and deploys it", async () => {
  using folder = temporaryFolder({
    "compose.yaml": WITH_FILE,
    ".env": "A=1\n",
    "config/app.env": "B=2\n",
    "a b/ä#.txt": "x",
    ".git/config": "private",
    "compose.override.yaml": "services: {}",
  });
  Deno.symlinkSync("/etc/hostname", folder.path("link"));
  await using it = await serveStacks();
  const { code, out, err } = await runCli(it, ["create", "web", "--dir", folder.path("")]);
  assertEquals(code, 0, err);
  assertEquals(out.split("\n").slice(1, 3), ['Sent "a b/ä#.txt"', 'Sent "config/app.env"']);
  assertStringIncludes(
    err,
    'Not sent, because they are links or files that Compose reads by default: "compose.override.yaml", "link"',
  );
  assertEquals((await it.call("GET", "/stacks/1/compose")).body, { compose: WITH_FILE, env: "A=1\n" });
  const files = (await it.call("GET", "/stacks/1/files")).body;
  assertEquals(files.map(({ path }: { path: string }) => path), ["a b/ä#.txt", "config/app.env"]);
  assertEquals((await it.call("GET", "/stacks/1")).body.status, "running");
  assertEquals((await it.call("GET", "/stacks/1/versions")).body.length, 1);
});

Deno.test("a file of a folder stays executable and is readable, and its mode alone is a change", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "run.sh": "x" });
  await using it = await serveStacks();
  const modes: string[] = [];
  for (const [verb, mode] of [["create", 0o700], ["set", 0o600]] as const) {
    Deno.chmodSync(folder.path("run.sh"), mode);
    const noDeploy = verb === "create" ? ["--no-deploy"] : [];
    assertEquals((await runCli(it, [verb, "web", "--dir", folder.path(""), ...noDeploy])).code, 0);
    modes.push((await it.call("GET", "/stacks/1/files")).body[0].mode);
  }
  assertEquals(modes, ["755", "644"]);
});

Deno.test("with --dir warnings are those of the check with all files, each once", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "a.txt": "a" });
  const compose = new FakeCompose();
  compose.warnings = ['The "NOPE" variable is not set. Defaulting to a blank string.'];
  await using it = await serveStacks({ compose });
  for (const verb of ["create", "set"]) {
    const args = [verb, "web", "--dir", folder.path(""), ...verb === "create" ? ["--no-deploy"] : []];
    const { code, err } = await runCli(it, args);
    assertEquals([code, err.split("NOPE").length], [0, 2], err);
    assertMatch(err, /\/compose\.yaml: warning: compose: The "NOPE" variable/);
  }
});

Deno.test("a folder whose text the check refuses stores nothing", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "a.txt": "a" });
  const compose = new FakeCompose();
  compose.onConfig = () => Promise.reject(new AppError("invalid", "env file x is missing"));
  await using it = await serveStacks({ compose });
  const { code, err } = await runCli(it, ["create", "web", "--dir", folder.path(""), "--no-deploy"]);
  assertEquals([code, (await it.call("GET", "/stacks")).body], [1, []]);
  assertStringIncludes(err, "env file x is missing");
});

Deno.test("--no-deploy with --dir sends the files and deploys nothing", async () => {
  using folder = temporaryFolder({ "docker-compose.yml": COMPOSE, "a.txt": "a" });
  await using it = await serveStacks();
  assertEquals((await runCli(it, ["create", "web", "--dir", folder.path(""), "--no-deploy"])).code, 0);
  assertEquals([it.compose.runs, (await it.call("GET", "/stacks/1/files")).body.length], [[], 1]);
});

Deno.test("a folder without a compose file is refused before anything is sent", async () => {
  using folder = temporaryFolder({ "a.txt": "a" });
  await using it = await serveStacks();
  const { code, err } = await runCli(it, ["create", "web", "--dir", folder.path("")]);
  assertEquals([code, (await it.call("GET", "/stacks")).body], [2, []]);
  assertStringIncludes(err, "has no compose.yaml");
});

Deno.test("a folder with files that exclude each other stores nothing", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "a.txt": "a", "b": "b", "B": "b" });
  await using it = await serveStacks();
  const { code, err } = await runCli(it, ["create", "web", "--dir", folder.path("")]);
  assertEquals([code, it.compose.runs, (await it.call("GET", "/stacks")).body], [1, [], []]);
  assertMatch(err, /Cannot store "b": the stack has the file "B"/);
});

Deno.test("an existing name is refused with the command that changes the stack", async () => {
  await using it = await serveStacks();
  await it.create("web");
  const { code, err } = await runCli(it, ["create", "web", "--file", "-"], COMPOSE);
  assertEquals(code, 1);
  assertMatch(err, /has this name.*"dockstat stacks set web"\n$/);
});

Deno.test("the name of a project that DockStat did not create gets no hint to set it", async () => {
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("db", { project: "byhand" })) });
  const { code, err } = await runCli(it, ["create", "byhand", "--file", "-"], COMPOSE);
  assertEquals([code, err.includes("stacks set")], [1, false]);
});

Deno.test("create explains relative paths of a text whose folder is not sent", async () => {
  using folder = temporaryFolder({ "web.yaml": `${COMPOSE}    volumes: ["./html:/www:ro"]\n` });
  await using it = await serveStacks();
  const { code, err } = await runCli(it, ["create", "web", "--file", folder.path("web.yaml")]);
  assertEquals(code, 0);
  assertMatch(err, /Note: relative paths \("\.\/html"\) are relative to the stack's folder.*--dir DIR/);
});

Deno.test("set stores a text, and names the command that deploys it", async () => {
  await using it = await serveStacks();
  const id = await deployed(it);
  const text = `${COMPOSE}    restart: always\n`;
  const { code, out } = await runCli(it, ["set", "web", "--file", "-"], text);
  assertEquals([code, (await it.call("GET", `/stacks/${id}/compose`)).body.compose], [0, text]);
  assertEquals(
    out,
    'Saved stack "web" (ID 1) on host "Localhost"\nNot deployed yet: "dockstat stacks deploy web"\n',
  );
});

Deno.test("set --deploy stores the environment and the files of a folder, then deploys", async () => {
  using folder = temporaryFolder({ "x.env": "A=2\n", "dir/same.txt": "same", "dir/new.txt": "new" });
  await using it = await serveStacks();
  const id = await deployed(it);
  await putFile(it, `/stacks/${id}/files/same.txt`, "same");
  const args = ["set", "web", "--env-file", folder.path("x.env"), "--dir", folder.path("dir"), "--deploy"];
  const { code, out, err } = await runCli(it, args);
  assertEquals(code, 0, err);
  assertEquals(out.split("\n").slice(1, 3), ['Sent "new.txt"', "1 file is unchanged"]);
  assertStringIncludes(out, "deploying  Stack deployed successfully");
  assertEquals((await it.call("GET", `/stacks/${id}/compose`)).body.env, "A=2\n");
});

Deno.test("set of a project that DockStat did not create names the way to adopt it", async () => {
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("db", { project: "byhand" })) });
  const { code, err } = await runCli(it, ["set", "byhand", "--file", "-"], COMPOSE);
  assertEquals(code, 1);
  assertStringIncludes(err, '"dockstat stacks adopt byhand"');
});

Deno.test("adopt lists what a deployment would change, asks, and adopts only after a yes", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const containers = [1, 2].map((number) =>
    fakeContainer(`byhand-web-${number}`, { project: "byhand", service: "web", number, ...labels })
  );
  await using it = await serveStacks({ engine: new FakeEngine(...containers) });
  const task = {
    ...{ verb: "adopt", names: ["byhand"], flags: {}, signal: new AbortController().signal } as const,
    client: new ServerClient(it.server.url, TOKEN),
  };
  {
    using captured = new Captured();
    const asked: string[] = [];
    const no = (question: string) => {
      asked.push(question, captured.err);
      return Promise.resolve(false);
    };
    await assertRejects(() => adopt(task, no), AppError, "Nothing was adopted");
    assertEquals(asked, ['Adopt "byhand"?', "web: it has 2 containers now, and would have 1\n"]);
  }
  assertEquals((await it.call("GET", "/stacks")).body[0].managed, false);
  assertEquals(await runCli(it, ["adopt", "byhand"]), {
    code: 0,
    out: 'Adopted stack "byhand" (ID 1) on host "Localhost"\n',
    err: "web: it has 2 containers now, and would have 1\n",
  });
});
