import { serve } from "../../server/serve.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { docker, type RealEngine, realEngines, startContainer } from "./engines.ts";

interface Entry {
  readonly message: string;
  readonly timestamp: string;
  readonly cursor: string;
}

/** Serves an engine; returns the requests for the output of a container. */
async function outputOf(engine: RealEngine, id: string) {
  const server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]),
  );
  await eventually("the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "up";
  });
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
const SCRIPT = `i=0; while [ $i -lt ${COUNT} ]; do i=$((i+1)); echo line $i; done; exec sleep 1000`;

for (const engine of await realEngines()) {
  Deno.test(`pages through a whole log and streams it as text, on Docker ${engine.version}`, async () => {
    await using container = await startContainer(engine, "dockstat-pages", [], [
      "busybox",
      "sh",
      "-c",
      SCRIPT,
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
