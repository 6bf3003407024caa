import { assertEquals, assertMatch } from "../../assert.ts";
import { freshFolder, TOKEN } from "../../client.ts";
import { permissionsOfTask, startProgram } from "../../program.ts";
import { serveTerminals, type TerminalScene } from "../../terminal/client.ts";

/** Runs `dockstat exec` with the permissions of its task, without input. */
async function exec(
  { server }: TerminalScene,
  ...args: string[]
): Promise<[code: number, out: string, err: string]> {
  const env = { DOCKSTAT_TOKEN: TOKEN, DOCKSTAT_DATA: freshFolder() };
  const all = ["exec", "--port", new URL(server.url).port, ...args];
  await using program = startProgram(all, env, await permissionsOfTask("exec"));
  return [await program.status, program.out, program.err];
}

/** Bytes as engines mark the stream that they belong to. */
function marked(stream: 1 | 2, text: string): Uint8Array {
  return new Uint8Array([stream, 0, 0, 0, 0, 0, 0, text.length, ...new TextEncoder().encode(text)]);
}

Deno.test("output, errors and exit code are those of the command", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => {
    process.print(marked(1, "out"));
    process.print(marked(2, "err"));
    process.exit(7);
  };
  assertEquals(await exec(it, "--user", "www", "web", "ls", "--all"), [7, "out", "err"]);
  const { Cmd, User, Tty } = it.execs.processes[0]!.body;
  assertEquals([Cmd, User, Tty], [["ls", "--all"], "www", false]);
});

Deno.test("the end of the input reaches the command", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.onInputEnd = () => process.exit(0);
  assertEquals(await exec(it, "web", "cat"), [0, "", ""]);
});

Deno.test("a command that cannot start exits with its code and the reason", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => {
    process.started = false;
    process.print('exec: "fish": executable file not found in $PATH');
    process.exit(127);
  };
  const [code, , err] = await exec(it, "web", "fish");
  assertEquals(code, 127);
  assertMatch(err, /^dockstat: Container "web" has no command "fish"\./);
});

Deno.test("a refusal of the server is its reason, and 1", async () => {
  await using it = await serveTerminals({ exec: false });
  const [code, , err] = await exec(it, "web");
  assertEquals(code, 1);
  assertMatch(err, /^dockstat: Cannot open a terminal: "exec: false"/);
});

Deno.test("an unknown container is named with a suggestion", async () => {
  await using it = await serveTerminals();
  const [code, , err] = await exec(it, "wep");
  assertEquals(code, 1);
  assertMatch(err, /There is no container "wep": did you mean web\?/);
});
