import { PluginSocket } from "../../server/compose/plugin_socket.ts";
import { logLines, startLog } from "../../server/log/log.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** Opens a socket in a folder where that must be possible. */
async function opened(folder: string): Promise<PluginSocket> {
  const socket = await PluginSocket.open(folder);
  assert(socket !== undefined);
  return socket;
}

/** Connects as Compose does. */
function connect({ env }: PluginSocket): Promise<Deno.UnixConn> {
  return Deno.connect({ transport: "unix", path: env["DOCKER_CLI_PLUGIN_SOCKET"] ?? "" });
}

function exists(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, () => false);
}

/** Leaves the socket of a server that was killed: a file on which no process listens. */
function leaveDead(path: string): void {
  // Deno removes the file that it has created, unless that was renamed.
  using _ = Deno.listen({ transport: "unix", path: `${path}.new` });
  Deno.renameSync(`${path}.new`, path);
}

/** Messages of the log that a function causes. */
function logged(work: () => void): string[] {
  using _ = startLog({ level: "warn", format: "json" });
  const before = logLines.tail(1, "DEBUG").at(-1);
  work();
  const lines = logLines.tail(1000, "DEBUG");
  return lines.slice(before === undefined ? 0 : lines.lastIndexOf(before) + 1).map(({ message }) => message);
}

Deno.test("ends the connections of all running Composes when it is disposed", async () => {
  using folder = temporaryFolder();
  const socket = await opened(folder.path(""));
  const connections = await Promise.all([connect(socket), connect(socket), connect(socket)]);
  // A connection that was still in the queue is reset instead of closed.
  const ends = connections.map((connection) => connection.read(new Uint8Array(1)).catch(() => null));
  await socket[Symbol.asyncDispose]();
  assertEquals(await Promise.all(ends), [null, null, null]);
  for (const connection of connections) connection.close();
});

Deno.test("is disposed after its Composes have ended", async () => {
  using folder = temporaryFolder();
  await using socket = await opened(folder.path(""));
  for (let index = 0; index < 3; index++) (await connect(socket)).close();
});

Deno.test("removes its file when it is disposed", async () => {
  using folder = temporaryFolder();
  const socket = await opened(folder.path(""));
  assertEquals(await exists(socket.path), true);
  await socket[Symbol.asyncDispose]();
  assertEquals(await exists(socket.path), false);
});

Deno.test("is disposed also when its file was removed before", async () => {
  using folder = temporaryFolder();
  await using socket = await opened(folder.path(""));
  await Deno.remove(socket.path);
});

Deno.test("creates its folder for this user only", async () => {
  using folder = temporaryFolder();
  await using _ = await opened(folder.path("a/b"));
  assertEquals((await Deno.stat(folder.path("a/b"))).mode! & 0o777, 0o700);
});

Deno.test("replaces the socket of a killed server with the same process id", async () => {
  using folder = temporaryFolder();
  leaveDead(folder.path(`compose-${Deno.pid}.sock`));
  await using socket = await opened(folder.path(""));
  (await connect(socket)).close();
  assertEquals(socket.others, false);
});

Deno.test("removes the sockets of killed servers and keeps all other files", async () => {
  const kept = ["compose-.sock", "compose-1.sock.bak", "xcompose-1.sock", "compose-1x.sock", "token"];
  using folder = temporaryFolder(Object.fromEntries(kept.map((name) => [name, ""])));
  for (const id of [1, 22, 4194304]) leaveDead(folder.path(`compose-${id}.sock`));
  await using _ = await opened(folder.path(""));
  const names = Array.from(Deno.readDirSync(folder.path("")), ({ name }) => name);
  assertEquals(names.sort(), [...kept, `compose-${Deno.pid}.sock`].sort());
});

Deno.test("keeps the socket of another server and warns about it only when asked", async () => {
  using folder = temporaryFolder();
  const path = folder.path("compose-1.sock");
  using _other = Deno.listen({ transport: "unix", path });
  await using socket = await opened(folder.path(""));
  assertEquals(await exists(path), true);
  const [message = "", ...more] = logged(() => socket.warnOfOthers());
  assertStringIncludes(message, `Another DockStat uses the data folder`);
  assertEquals(more, []);
});

Deno.test("warns of no other server in a folder without one", async () => {
  using folder = temporaryFolder();
  leaveDead(folder.path("compose-1.sock"));
  await using socket = await opened(folder.path(""));
  assertEquals(logged(() => socket.warnOfOthers()), []);
});

for (
  const [what, name] of [
    ["lies below a file", "file/folder"],
    ["is a file", "file"],
    ["has a path that is too long for a socket", "x".repeat(100)],
  ] as const
) {
  Deno.test(`opens no socket in a folder that ${what}`, async () => {
    using folder = temporaryFolder({ file: "" });
    assertEquals(await PluginSocket.open(folder.path(name)), undefined);
    assertEquals(Array.from(Deno.readDirSync(folder.path("")), (entry) => entry.name), ["file"]);
  });
}
