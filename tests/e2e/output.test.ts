import { serve } from "../../server/serve.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
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

interface Entry {
  readonly message: string;
  readonly timestamp: string;
  readonly cursor: string;
}

/** Serves an engine; returns the requests for the output of a container. */
async function outputOf(engine: RealEngine, id: string) {
  const server = await serveReal(engine);
  const get = async (query: string, accept: string) => {
    const headers = { authorization: `Bearer ${TOKEN}`, accept };
    return await fetch(`${server.url}/logs/ws?container=${id}&${query}`, { headers });
  };
  return {
    page: async (query: string): Promise<Entry[]> => await (await get(query, "application/json")).json(),
    text: async (query = "") => await (await get(query, "text/plain")).text(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const COUNT = 2000;
const COUNTING = `i=0; while [ $i -lt ${COUNT} ]; do i=$((i+1)); echo line $i; done; exec sleep 1000`;

for (const engine of await realEngines()) {
  Deno.test(`pages through a whole log and streams it as text, on Docker ${engine.version}`, async () => {
    await using container = await startContainer(engine, "dockstat-pages", [], [
      "busybox",
      "sh",
      "-c",
      COUNTING,
    ]);
    const logs = () => docker(engine, "logs", container.id);
    await eventually("the log", async () => (await logs()).endsWith(`line ${COUNT}`));
    await using output = await outputOf(engine, container.id);
    const all = (await logs()).split("\n");
    const backwards: Entry[] = [];
    for (let page = await output.page("tail=300"); page.length > 0;) {
      backwards.unshift(...page);
      page = await output.page(`tail=300&before=${page[0]!.cursor}`);
    }
    assertEquals(backwards.map(({ message }) => message), all);
    assertEquals(await output.text(), `${all.join("\n")}\n`);
    const middle = backwards[1000]!;
    const since = await output.page(`tail=10000&since=${middle.timestamp}`);
    assertEquals(since.map(({ message }) => message), all.slice(all.indexOf(since[0]!.message)));
    assert(since[0]!.timestamp === middle.timestamp);
    const after = await output.page(`tail=2&after=${middle.cursor}`);
    assertEquals(after.map(({ message }) => message), all.slice(1001, 1003));
  });
}
