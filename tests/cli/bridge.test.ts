import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { freshFolder, serveEngines, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { startProgram } from "../program.ts";

/** Runs the bridge against a server. */
function bridge(server: { readonly url: string }, path: string) {
  const { port } = new URL(server.url);
  return startProgram(["bridge", path, "--port", port, "--token", TOKEN, "--data", freshFolder()]);
}

Deno.test("the bridge prints the frames of a socket one per line, the greeting first", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  await using program = bridge(server, "/docker/stats?batch=1&detail=full");
  const [greeting, frame] = await eventually("two lines", () => {
    const lines = program.out.split("\n");
    return lines.length > 2 ? lines : undefined;
  });
  assertEquals(greeting, '{"message":"Connection established"}');
  assertEquals(JSON.parse(frame!)[0].name, "web");
});

Deno.test("the bridge exits with 0 on SIGTERM, and with 1 when the server closes", async () => {
  const server = await serveEngines({ Localhost: new FakeEngine() });
  await using stopped = bridge(server, "/stacks");
  await using disconnected = bridge(server, "/stacks");
  await eventually("both greetings", () => stopped.out !== "" && disconnected.out !== "");
  stopped.kill("SIGTERM");
  assertEquals(await stopped.status, 0);
  await server[Symbol.asyncDispose]();
  assertEquals(await disconnected.status, 1);
  assertStringIncludes(disconnected.err, "closed the connection");
});

for (
  const [args, expected] of [
    [[], "missing path"],
    [["/etc/passwd"], 'found "/etc/passwd"'],
    [["/stack"], "did you mean /stacks?"],
    [["/stacks/12"], "/docker/stats, /logs/ws, /stacks"],
    [["http://evil.example/stacks"], "found"],
    [["//evil.example/stacks"], "found"],
    [["/\\evil.example/stacks"], "found"],
    [["/stacks", "more"], "Unexpected argument"],
  ] as const
) {
  Deno.test(`dockstat bridge ${args.join(" ")} is wrong usage`, async () => {
    await using program = startProgram(["bridge", ...args]);
    assertEquals(await program.status, 2);
    assertStringIncludes(program.err, expected);
  });
}
