import { AppError } from "../server/errors.ts";
import { listenUnix } from "../server/unix_listener.ts";
import { assertEquals, assertRejects } from "./assert.ts";
import { freshFolder } from "./client.ts";

const app = () => Promise.resolve(new Response("here"));

function placeOf(name: string): string {
  const folder = freshFolder();
  Deno.mkdirSync(folder, { recursive: true });
  return `${folder}/${name}`;
}

Deno.test("a socket of another kind that somebody listens on is theirs", async () => {
  const path = placeOf("datagrams.sock");
  const script = `Deno.listenDatagram({ transport: "unixpacket", path: ${JSON.stringify(path)} });
    console.log("listening"); await new Promise((resolve) => setTimeout(resolve, 60_000))`;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--unstable-net", script],
    stdout: "piped",
  });
  await using owner = command.spawn();
  const said = owner.stdout.getReader();
  await said.read();
  await said.cancel();
  await assertRejects(() => listenUnix(path, app), AppError, "another program listens there");
  assertEquals((await Deno.lstat(path)).isSocket, true);
});

Deno.test("a folder that is not there is named as what is missing", async () => {
  const path = `${freshFolder()}/nowhere/own.sock`;
  await assertRejects(
    () => listenUnix(path, app),
    AppError,
    `Cannot listen on the socket "${path}": its folder does not exist`,
  );
});
