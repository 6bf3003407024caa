import { assert, assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

Deno.test("dockstat token prints the token that the server accepts and never prints itself", async () => {
  using folder = temporaryFolder();
  const flags = ["--data", folder.path("")];
  await using server = startProgram(["--port", "0", ...flags], { DOCKER_HOST: "unix:///nonexistent" });
  const url = await server.url();
  await using printed = startProgram(["token", ...flags]);
  assertEquals(await printed.status, 0);
  const token = printed.out.trim();
  const answer = await fetch(`${url}/stacks/1/compose`, { headers: { authorization: `Bearer ${token}` } });
  await answer.body?.cancel();
  assertEquals(answer.status, 404);
  assert(
    !(server.out + server.err).includes(token),
    "the token is in the output of a server without a terminal",
  );
});
