import { AppError } from "../../server/errors.ts";
import { listenUnix } from "../../server/listen/unix_listener.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { freshFolder, testConfig } from "../client.ts";
import { serve } from "../../server/serve.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { Desktop } from "../fakes/desktop.ts";

const HOST = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };

const app = () => Promise.resolve(new Response("here"));

function placeOf(name: string): string {
  const folder = freshFolder();
  Deno.mkdirSync(folder, { recursive: true });
  return `${folder}/${name}`;
}

Deno.test("leaves a socket of another type alone while a program listens on it", async () => {
  const path = placeOf("datagrams.sock");
  const script = `Deno.listenDatagram({ transport: "unixpacket", path: ${JSON.stringify(path)} });
    console.log("listening"); await new Promise((resolve) => setTimeout(resolve, 60_000))`;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--unstable-net", script],
    stdout: "piped",
  });
  await using owner = command.spawn();
  const output = owner.stdout.getReader();
  await output.read();
  await output.cancel();
  await assertRejects(() => listenUnix(path, app), AppError, "another program listens there");
  assertEquals((await Deno.lstat(path)).isSocket, true);
});

Deno.test("names a missing folder", async () => {
  const path = `${freshFolder()}/nowhere/own.sock`;
  await assertRejects(
    () => listenUnix(path, app),
    AppError,
    `Cannot listen on the socket "${path}": its folder does not exist`,
  );
});

Deno.test("only its owner may use the Unix socket, which is removed with the server", async () => {
  const desktop = await Desktop.open();
  assertEquals((await Deno.stat(desktop.path)).mode! & 0o777, 0o600);
  const { path } = desktop;
  await desktop[Symbol.asyncDispose]();
  await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("replaces the socket of a killed server", async () => {
  using folder = temporaryFolder({});
  const socket = folder.path("backend.sock");
  const left = Deno.listen({ transport: "unix", path: socket });
  await Deno.rename(socket, `${socket}.kept`);
  left.close();
  await Deno.rename(`${socket}.kept`, socket);
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket } });
  await using _server = await serve(config, { openEngine: () => new FakeEngine() });
  assert((await Deno.stat(socket)).isSocket);
});

Deno.test("does not replace a socket that a program listens on", async () => {
  await using desktop = await Desktop.open();
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket: desktop.path } });
  const failure = await assertRejects(() => serve(config, { openEngine: () => new FakeEngine() }), Error);
  assertStringIncludes(failure.message, "another program listens there");
});

Deno.test("does not replace a file at the path of the socket", async () => {
  using folder = temporaryFolder({ "notes.txt": "mine" });
  const socket = folder.path("notes.txt");
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket } });
  const failure = await assertRejects(() => serve(config, { openEngine: () => new FakeEngine() }), Error);
  assertStringIncludes(failure.message, "that is not a socket");
  assertEquals(await Deno.readTextFile(socket), "mine");
});
