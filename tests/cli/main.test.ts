import { HELP } from "../../server/cli/help.ts";
import { parseCommandLine } from "../../server/cli/main.ts";
import { AppError } from "../../server/errors.ts";
import { networkUrls } from "../../server/listen/network.ts";
import { VERSION } from "../../server/version.ts";
import {
  assertEquals,
  assertLess,
  assertMatch,
  assertStringIncludes,
  assertThrows,
  eventually,
} from "../assert.ts";
import { freshFolder, rawConnection, TestClient, upgradeRequest } from "../client.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

Deno.test("runs serve when no command is given, and passes flags as typed", () => {
  assertEquals(parseCommandLine(["--port", "0", "--log-level=debug"]), {
    command: "serve",
    args: [],
    flags: { port: "0", logLevel: "debug" },
    help: false,
    version: false,
  });
});

Deno.test("--demo takes an optional number", () => {
  assertEquals(parseCommandLine(["--demo", "50"]).flags, { demo: "50" });
  assertEquals(parseCommandLine(["--demo", "--port", "0"]).flags, { demo: "", port: "0" });
});

const WRONG: readonly (readonly [readonly string[], string])[] = [
  [["--prot", "1"], 'Unknown flag "--prot": did you mean --port?'],
  [["-x"], 'Unknown flag "-x": "dockstat --help" lists the flags'],
  [["serve", "-x"], 'Unknown flag "-x": "dockstat --help" lists the flags'],
  [["--host", "::1", "prune", "--frob"], 'Unknown flag "--frob": "dockstat prune --help" lists the flags'],
  [["sreve"], 'Unknown command "sreve": did you mean serve?'],
  [["serve", "now"], 'Unexpected argument "now"'],
  [["--port"], "--port: expected a value"],
  [["--host", ""], "--host: expected a value"],
  [["--port", "-1", "--token", ""], "--token: expected a value"],
  [["constructor"], "Unknown command"],
  [["--read-only=maybe"], '--read-only: found "maybe"'],
  [["--no-auth=false"], '--no-auth: found "false"'],
];

for (const [args, message] of WRONG) {
  Deno.test(`dockstat ${args.join(" ")} is refused`, () => {
    const error = assertThrows(() => parseCommandLine(args), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("--version prints the version and --help every flag, both with exit code 0", async () => {
  await using version = startProgram(["--version"]);
  assertEquals([await version.status, version.out], [0, `${VERSION}\n`]);
  await using help = startProgram(["--help"]);
  assertEquals(await help.status, 0);
  for (const flag of ["--host", "--port", "--config", "--data", "--log-level", "--log-format", "--demo"]) {
    assertStringIncludes(help.out, flag);
  }
});

Deno.test("every command but serve has its own help", async () => {
  const commands = [...HELP.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, command]) => command!);
  assertEquals(commands.length > 8, true);
  for (const command of [...commands.filter((name) => name !== "serve"), "restore"]) {
    await using help = startProgram([command, "--help"]);
    assertEquals(await help.status, 0);
    assertMatch(help.out, new RegExp(`^Usage: dockstat ${command === "restore" ? "backup" : command}\\b`));
  }
});

Deno.test("wrong usage exits with 2 and one message", async () => {
  await using program = startProgram(["--prot", "1"]);
  assertEquals([await program.status, program.out], [2, ""]);
  assertStringIncludes(program.err, "did you mean --port?");
});

Deno.test("an invalid configuration file ends the start with exit code 2 and its line and column", async () => {
  using folder = temporaryFolder({ "dockstat.yaml": "listen:\n  prot: 1\n" });
  await using program = startProgram(["--config", folder.path("dockstat.yaml")]);
  assertEquals([await program.status, program.out], [2, ""]);
  assertStringIncludes(program.err, "dockstat.yaml:2:3: listen.prot: unknown key");
});

Deno.test("prints the address as the first line on stdout, and the log to stderr", async () => {
  await using program = startProgram(["--demo", "--port", "0", "--log-format", "json"]);
  const url = await program.url();
  assertMatch(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assertEquals((await (await fetch(`${url}/healthz`)).json()).status, "ok");
  assertEquals(program.out, `${url}\n`);
});

Deno.test("a demo is named in the host's id, the log and the engine's name", async () => {
  await using program = startProgram(["--demo", "3", "--port", "0"]);
  const url = await program.url();
  await using client = new TestClient(url, "/docker/stats");
  const message = await client.frame("a container", ({ name }) => name === "shop-web-1");
  assertEquals(message.hostId, "Simulated");
  const [host] = await (await fetch(`${url}/docker/hosts`)).json();
  assertEquals([host.hostId, host.engine], ["Simulated", "Simulated engine"]);
  await program.logged("Host Simulated is up: Simulated engine");
});

Deno.test("a second start on the same port reports the running DockStat and exits with 1", async () => {
  await using first = startProgram(["--demo", "--port", "0"]);
  const { port } = new URL(await first.url());
  await findsRunning(port, ["--demo", "--port", port]);
});

/** Starts DockStat on a used port, and returns its log; a loaded machine may exceed the timeout of the question. */
async function findsRunning(
  port: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const message = `Cannot listen on 127.0.0.1:${port}: DockStat already runs there`;
  return await eventually("the running DockStat", async () => {
    await using second = startProgram(args, env);
    assertEquals([await second.status, second.out], [1, ""]);
    return second.err.includes(message) ? second.err : undefined;
  });
}

Deno.test("only a server that starts warns that another one uses its data folder", async () => {
  const data = freshFolder();
  const env = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
  await using first = startProgram(["--port", "0", "--data", data], env);
  const { port } = new URL(await first.url());
  const log = await findsRunning(port, ["--port", port, "--data", data], env);
  assertEquals(log.includes("Another DockStat"), false);
  await using third = startProgram(["--port", "0", "--data", data], env);
  await third.logged(`Another DockStat uses the data folder ${data}`);
});

for (const [host, url] of [["0.0.0.0", "http://127.0.0.1"], ["::", "http://[::1]"]] as const) {
  Deno.test(`on ${host} the log reports all addresses, and stdout prints the one to open`, async () => {
    await using program = startProgram(["--demo", "--host", host, "--port", "0"]);
    const { port } = new URL(await program.url());
    assertEquals(program.out, `${url}:${port}\n`);
    await program.logged(
      `Listening on all addresses of this machine, port ${port}; on this machine ${url}:${port}`,
    );
    for (const other of networkUrls(host, `${url}:${port}`)) await program.logged(other);
  });
}

Deno.test("a port that another program uses is reported with exit code 1", async () => {
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using program = startProgram(["--demo", "--port", String((other.addr as Deno.NetAddr).port)]);
  assertEquals(await program.status, 1);
  assertStringIncludes(program.err, "another program uses the port");
});

/** Limit of the time until a program has ended, ms; a loaded machine needs more than the usual two seconds. */
const MAX_END_MS = 20_000;

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} closes clients with 1001 and ends, even with a client that never reads`, async () => {
    await using program = startProgram(["--demo", "500", "--port", "0"]);
    const url = await program.url();
    using stuck = await rawConnection(url);
    await stuck.write(upgradeRequest("/docker/stats?detail=full"));
    await using client = new TestClient(url, "/docker/stats");
    await client.frame("the greeting", () => true);
    const start = performance.now();
    program.kill(signal);
    assertEquals(await program.status, 0);
    assertLess(performance.now() - start, MAX_END_MS);
    assertEquals((await client.end()).code, 1001);
  });
}

Deno.test("an engine that cannot be reached does not end the server, and the log names alternatives", async () => {
  const env = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
  await using program = startProgram(["--port", "0", "--data", freshFolder()], env);
  const url = await program.url();
  await program.logged("deno task engine");
  await program.logged("deno task demo");
  await program.logged("connect ENOENT /nonexistent/docker.sock");
  assertEquals((await fetch(`${url}/healthz`).then((answer) => answer.json())).status, "ok");
});

Deno.test("a missing permission for an engine is named in the log", async () => {
  const args = ["--port", "0", "--data", freshFolder()];
  await using program = startProgram(args, { DOCKER_HOST: "unix:///run/other.sock" }, [
    "--no-prompt",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-net=127.0.0.1",
  ]);
  await program.url();
  await program.logged("--allow-net=unix:/run/other.sock");
});

Deno.test("a missing permission to listen is named with exit code 1", async () => {
  await using program = startProgram(["--demo", "--port", "0"], {}, [
    "--no-prompt",
    "--allow-env",
    "--allow-read",
  ]);
  assertEquals(await program.status, 1);
  assertStringIncludes(program.err, "--allow-net=127.0.0.1");
});
