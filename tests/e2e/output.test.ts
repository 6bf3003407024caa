import { serve } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { TestClient, testConfig, TOKEN } from "../client.ts";
import { docker, type RealEngine, realEngines, startContainer } from "./engines.ts";

async function serveReal(engine: RealEngine) {
  const server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]),
  );
  await eventually("the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "up";
  });
  return server;
}

const SCRIPT = "echo out; echo err >&2; head -c 1048576 /dev/zero | tr '\\0' x; echo; exec sleep 1000";

for (const engine of await realEngines()) {
  for (const [what, options] of [["framed", []], ["of a terminal", ["-t"]]] as const) {
    Deno.test(`delivers output ${what} line by line, even a line of one mebibyte, on Docker ${engine.version}`, async () => {
      await using container = await startContainer(engine, "dockstat-output", options, [
        "busybox",
        "sh",
        "-c",
        SCRIPT,
      ]);
      await using server = await serveReal(engine);
      await using client = new TestClient(server.url, "/logs/ws?container=dockstat-output&tail=100", TOKEN);
      const long = await client.frame("the long line", ({ message }) => message?.length > 1000);
      const lineWith = (text: string) => client.frames.find(({ message }) => message === text);
      const tty = options.length > 0;
      assertEquals([lineWith("out").stream, lineWith("err").stream], ["stdout", tty ? "stdout" : "stderr"]);
      assertEquals([long.message.length, long.containerId], [1024 * 1024, container.id]);
    });
  }
}

Deno.test("output continues after a restart, each line once", async () => {
  const [engine] = await realEngines();
  const command = ["busybox", "sh", "-c", "n=0; while :; do n=$((n+1)); echo line $n; sleep 0.05; done"];
  await using container = await startContainer(engine, "dockstat-restarts", [], command);
  await using server = await serveReal(engine);
  await using client = new TestClient(server.url, `/logs/ws?container=${container.id}&since=1h`, TOKEN);
  await client.frame("a line", ({ message }) => message === "line 10");
  await docker(engine, "restart", "-t", "0", container.id);
  await client.frame("the end", ({ error }) => typeof error === "string");
  await eventually(
    "a line of the second run",
    () => client.frames.filter(({ message }) => message === "line 5").length === 2,
  );
  const stamps = client.frames.map(({ timestamp }) => timestamp).filter((stamp) => stamp !== undefined);
  assertEquals(stamps, [...new Set(stamps)].sort());
});
