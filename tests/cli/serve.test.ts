/** Tests for the server as a process, at its start and its end. */
import { assertEquals, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { fakeSsh } from "../fakes/ssh.ts";
import { startProgram } from "../program.ts";

const HOSTS = ["one", "two", "three", "four", "five", "six"];
/** Names a file after its own process id, and logs in for a minute. */
const SLOW_LOGIN = 'touch "${0%/*}/pid-$$"; exec sleep 60';
/** The same, but the socket appears at once and leads nowhere: the connect fails and is repeated. */
const NO_ENGINE =
  'touch "${0%/*}/pid-$$"; for arg; do case "$arg" in *docker.sock:*) ln -s /nonexistent "${arg%%:*}";; esac; done; exec sleep 60';

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

/** Stops a server with six ssh hosts once some ssh have started. */
async function checkShutdown(script: string, started: number): Promise<void> {
  using ssh = fakeSsh(script);
  const hosts = HOSTS.map((id) => `  - { id: ${id}, url: "ssh://${id}" }\n`);
  using files = temporaryFolder({ "dockstat.yaml": `hosts:\n${hosts.join("")}`, "tmp/keep": "" });
  const env = { PATH: `${ssh.folder}:${Deno.env.get("PATH")}`, TMPDIR: files.path("tmp") };
  const args = [
    "serve",
    "--port",
    "0",
    "--config",
    files.path("dockstat.yaml"),
    "--data",
    files.path("data"),
  ];
  await using program = startProgram(args, env);
  const pids = () =>
    ssh.files().filter((name) => name.startsWith("pid-")).map((name) => Number(name.slice(4)));
  await eventually(`${started} ssh processes`, () => pids().length >= started);
  program.kill("SIGTERM");
  assertEquals(await program.status, 0, program.err);
  const left = [...Deno.readDirSync(files.path("tmp"))].map(({ name }) => name);
  assertEquals([left, pids().filter(isRunning)], [["keep"], []]);
}

for (const started of [1, 2, 3, 4, 5, 6]) {
  Deno.test(`a server stopped after ${started} of 6 slow ssh logins leaves no process and no folder`, () =>
    checkShutdown(SLOW_LOGIN, started));
}

for (const started of [6, 8, 10]) {
  Deno.test(`a server stopped after ${started} ssh tunnels to nowhere leaves no process and no folder`, () =>
    checkShutdown(NO_ENGINE, started));
}
