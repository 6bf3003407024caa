import * as v from "valibot";
import { LogMessage } from "../../../server/protocol/log.ts";
import { OutputMessage } from "../../../server/protocol/output.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { freshFolder, serveEngines, TestClient, TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";
import { type Program, startProgram } from "../../program.ts";

const MOD = new URL("../../../mod.ts", import.meta.url).pathname;

/** Settings with which nothing is collected without viewers: the first viewer then causes a line of the log. */
const CONFIG = new URL("../../fixtures/no_history.yaml", import.meta.url).pathname;

/** Starts a server as a separate program, which has a log; a viewer of its containers adds lines to it. */
async function startServer(): Promise<{ program: Program; url: string; port: string }> {
  const args = [
    "--demo",
    "2",
    "--port",
    "0",
    "--log-level",
    "debug",
    "--log-format",
    "json",
    "--config",
    CONFIG,
  ];
  const program = startProgram(args, { DOCKSTAT_TOKEN: TOKEN });
  const url = await program.url();
  await program.logged("Host Simulated is up");
  return { program, url, port: new URL(url).port };
}

/** Reads the frames that a program has printed as JSON lines. */
function printed({ out }: Program): { level: string; message: string }[] {
  return out.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

Deno.test("logs --help lists its flags, and dockstat --help lists the command", async () => {
  await using help = startProgram(["logs", "--help"]);
  assertEquals([await help.status, help.err], [0, ""]);
  for (const flag of ["--level", "--container", "--on", "--tail"]) assertStringIncludes(help.out, flag);
  await using all = startProgram(["--help"]);
  assertEquals(await all.status, 0);
  assertMatch(all.out, /^ {2}logs {5}/m);
});

Deno.test("prints JSON lines into a pipe, past lines first, and exits with 0 on Ctrl-C", async () => {
  const { program: server, url, port } = await startServer();
  await using _server = server;
  await using logs = startProgram(["logs", "-f", "--port", port]);
  await eventually("past lines", () => logs.out.includes("Listening on"));
  await using _viewer = new TestClient(url, "/docker/stats");
  await eventually("a new line", () => logs.out.includes("first viewer"));
  logs.kill("SIGINT");
  assertEquals([await logs.status, logs.err], [0, ""]);
  const lines = printed(logs);
  assert(lines.every((line) => v.is(LogMessage, line)));
  assertEquals(lines[0]?.message, `Listening on ${url}`);
});

Deno.test("--level omits lower levels, and --tail 0 omits past lines", async () => {
  const { program: server, url, port } = await startServer();
  await using _server = server;
  await using all = startProgram(["logs", "-f", "--port", port, "--tail", "0"]);
  await using important = startProgram(["logs", "-f", "--port", port, "--level", "info"]);
  await eventually("both sockets", async () => {
    return (await (await fetch(`${url}/metrics`)).text()).includes("\ndockstat_sockets 2\n");
  });
  await using _viewer = new TestClient(url, "/docker/stats");
  const headers = { authorization: "Bearer not-the-token-of-this-server" };
  for (let n = 0; n < 11; n++) await (await fetch(`${url}/docker/hosts`, { headers })).body?.cancel();
  await eventually(
    "the warning",
    () => all.out.includes("wrong tokens") && important.out.includes("wrong tokens"),
  );
  assert(printed(all).some(({ level }) => level === "DEBUG"));
  assertEquals(all.out.includes("Listening on"), false);
  assert(important.out.includes("Listening on"));
  assertEquals(printed(important).filter(({ level }) => level === "DEBUG"), []);
});

Deno.test("--log-format pretty prints readable lines, without colors in a pipe", async () => {
  const { program: server, port } = await startServer();
  await using _server = server;
  await using logs = startProgram(["logs", "-f", "--port", port, "--log-format", "pretty"]);
  await eventually("past lines", () => logs.out.includes("Listening on"));
  assertMatch(logs.out, /^\d\d:\d\d:\d\d INFO {2}Listening on http:\S+ \(start_log\.ts:\d+\)\n/);
});

Deno.test("--container prints each stream of a container to the stream of the same name", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const timestamp = new Date().toISOString().replace("Z", "000000Z");
  engine.written.push(
    { timestamp, stream: "stdout", message: "\x1b[31mto all\x1b[0m" },
    { timestamp, stream: "stderr", message: "to the side" },
  );
  await using server = await serveEngines({ nas: engine, lab: new FakeEngine(fakeContainer("web")) });
  const { port } = new URL(server.url);
  const args = ["logs", "-f", "--port", port, "--container", "web", "--on", "nas"];
  await using logs = startProgram(args, { DOCKSTAT_TOKEN: TOKEN });
  await eventually("its lines", () => logs.out !== "" && logs.err !== "");
  engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await logs.logged("(the container has ended (exited))");
  logs.kill("SIGTERM");
  assertEquals(await logs.status, 0);
  assertEquals(logs.out, "\x1b[31mto all\x1b[0m\n");
  assertEquals(logs.err, "to the side\n(the container has ended (exited))\n");
});

Deno.test("--container with --log-format json prints the frames", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push({ timestamp: new Date().toISOString(), stream: "stderr", message: "hello" });
  await using server = await serveEngines({ Localhost: engine });
  const args = [
    "logs",
    "-f",
    "--port",
    new URL(server.url).port,
    "--container",
    "web",
    "--log-format",
    "json",
  ];
  await using logs = startProgram(args, { DOCKSTAT_TOKEN: TOKEN });
  const frame = await eventually("its line", () => printed(logs)[0]);
  assert(v.is(OutputMessage, frame));
  assertEquals([frame.message, frame.containerId], ["hello", idOf("web")]);
});

Deno.test("prints the refusal of the server and exits with 1, for an ambiguous name with 2", async () => {
  const engines = { nas: new FakeEngine(fakeContainer("web")), lab: new FakeEngine(fakeContainer("web")) };
  await using server = await serveEngines(engines);
  const run = async (container: string, token: string, code = 1) => {
    const args = [
      "logs",
      "--port",
      new URL(server.url).port,
      "--data",
      freshFolder(),
      "--container",
      container,
    ];
    await using program = startProgram(args, { DOCKSTAT_TOKEN: token });
    assertEquals([await program.status, program.out], [code, ""]);
    return program.err;
  };
  assertStringIncludes(
    await run("nope", TOKEN),
    'dockstat: There is no container "nope": "dockstat containers ls" lists them\n',
  );
  assertStringIncludes(await run("web", TOKEN, 2), "expected one, by its full id and host");
  assertStringIncludes(await run("web", ""), "Cannot answer without the token");
});

Deno.test("a stored token for another server does not prevent viewing without a token", async () => {
  const { program: server, port } = await startServer();
  await using _server = server;
  const data = freshFolder();
  await using token = startProgram(["token", "--data", data]);
  assertEquals(await token.status, 0);
  await using logs = startProgram(["logs", "-f", "--port", port, "--data", data]);
  await eventually("past lines", () => logs.out.includes("Listening on"));
});

Deno.test("without a server it explains how to start one, exits with 1 and creates no token", async () => {
  const port = freePort();
  const data = freshFolder();
  await using logs = startProgram(["logs", "--port", String(port), "--data", data]);
  assertEquals([await logs.status, logs.out], [1, ""]);
  assertStringIncludes(
    logs.err,
    `Cannot reach DockStat at http://127.0.0.1:${port}: start it with "dockstat serve"`,
  );
  assertEquals(await Deno.stat(data).catch(() => "missing"), "missing");
});

for (const [signal, message] of [["SIGTERM", "closed the connection"], ["SIGKILL", "was lost"]] as const) {
  Deno.test(`reports a server that ends by ${signal} and exits with 1`, async () => {
    const { program: server, port } = await startServer();
    await using _server = server;
    await using logs = startProgram(["logs", "-f", "--port", port]);
    await eventually("past lines", () => logs.out.includes("Listening on"));
    server.kill(signal);
    assertEquals(await logs.status, 1);
    assertStringIncludes(logs.err, message);
  });
}

const COMMANDS_WITH_OUTPUT: readonly (readonly [command: readonly string[], line: string])[] = [
  [["logs", "-f", "web"], "again\n"],
  [["stacks", "logs", "shop"], "web | again\n"],
];

for (const [command, line] of COMMANDS_WITH_OUTPUT) {
  Deno.test(`dockstat ${command.join(" ")} exits quietly with 0 when its reader closes the pipe`, async () => {
    const engine = new FakeEngine(fakeContainer("web", { project: "shop", service: "web" }));
    await using server = await serveEngines({ Localhost: engine });
    const script = `{ "$0" "$@"; echo "code $?" >&2; } | head -n 1`;
    const args = ["run", "--no-check", "-A", MOD, ...command, "--port", new URL(server.url).port];
    const pipe = new Deno.Command("sh", {
      args: ["-c", script, Deno.execPath(), ...args],
      env: { DOCKSTAT_TOKEN: TOKEN },
      stdout: "piped",
      stderr: "piped",
    }).output();
    let over = false;
    const ended = pipe.finally(() => over = true);
    // One line at a time, since only the next write finds the pipe closed.
    await eventually("the exit", () => {
      engine.written.push({ timestamp: new Date().toISOString(), stream: "stdout", message: "again" });
      return over;
    });
    const { stdout, stderr } = await ended;
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assertEquals([out, err], [line, "code 0\n"]);
  });
}

Deno.test("--container exits with 1 when the container is removed", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push({ timestamp: new Date().toISOString(), stream: "stdout", message: "hello" });
  await using server = await serveEngines({ Localhost: engine });
  const args = ["logs", "-f", "--port", new URL(server.url).port, "--container", "web"];
  await using logs = startProgram(args, { DOCKSTAT_TOKEN: TOKEN });
  await eventually("its line", () => logs.out !== "");
  engine.destroy("web");
  assertEquals(await logs.status, 1);
  assertStringIncludes(logs.err, "Cannot read any more output: the container was removed");
});

Deno.test("--container exits with 1 when the log of the container cannot be read", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.outputRefusal = "configured logging driver does not support reading";
  await using server = await serveEngines({ Localhost: engine });
  const args = ["logs", "-f", "--port", new URL(server.url).port, "--container", "web"];
  await using logs = startProgram(args, { DOCKSTAT_TOKEN: TOKEN });
  assertEquals(await logs.status, 1);
  assertStringIncludes(logs.err, engine.outputRefusal);
});
