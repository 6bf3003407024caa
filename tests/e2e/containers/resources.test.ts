/** Images, volumes and networks on the real engines: lists, removals, and a prune of what this test has created. */
import * as v from "valibot";
import { Image, Network, Volume } from "../../../server/protocol/resources/resources.ts";
import { PrunePreview } from "../../../server/protocol/resources/prune.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { docker, type RealEngine, realEngines, startContainer } from "../engines.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { type Answer, call, serveStacks, up } from "../stacks.ts";

/** Creates a volume, a network, and an image with two tags, all with one name that no other test has. */
async function openResources(engine: RealEngine) {
  const name = `dockstat-e2e-${crypto.randomUUID().slice(0, 8)}`;
  await using stack = new AsyncDisposableStack();
  const { id } = stack.use(await startContainer(engine, name));
  stack.defer(async () => {
    for (const kind of ["volume", "network"]) await tryRun("docker", ["-H", engine.url, kind, "rm", name]);
    await tryRun("docker", ["-H", engine.url, "image", "rm", `${name}:1`, `${name}:2`]);
  });
  await docker(engine, "volume", "create", name);
  await docker(engine, "network", "create", name);
  await docker(engine, "commit", id, `${name}:1`);
  await docker(engine, "tag", `${name}:1`, `${name}:2`);
  const server = stack.use(await serveStacks(engine));
  await up(server);
  const moved = stack.move();
  return {
    name,
    request: (method: string, path: string, body?: unknown): Promise<Answer> =>
      call(server, method, path, body),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

for (const engine of await realEngines()) {
  const on = `on Docker ${engine.version}`;

  Deno.test(`lists match the schemas, and what a stopped container uses is a conflict, ${on}`, async () => {
    await using it = await openResources(engine);
    const user = `${it.name}-user`;
    const options = ["-v", `${it.name}:/data`, "--network", it.name];
    await docker(engine, "create", "--name", user, ...options, `${it.name}:1`);
    try {
      const lists = [["images", Image], ["volumes", Volume], ["networks", Network]] as const;
      for (const [kind, schema] of lists) {
        const { body } = await it.request("GET", `/${kind}`);
        const items = v.parse(v.array(schema as typeof Volume), body) as readonly (Volume & Partial<Image>)[];
        const own = items.find(({ name, tags }) => name === it.name || tags?.includes(`${it.name}:1`));
        assertEquals(own?.usedBy.map(({ name, state }) => [name, state]), [[user, "created"]], kind);
        const { status, body: problem } = await it.request(
          "DELETE",
          `/${kind}/Localhost/${own?.id ?? it.name}`,
        );
        assertEquals(status, 409);
        assertStringIncludes(problem.detail, `container "${user}" uses it`);
      }
    } finally {
      await docker(engine, "rm", user);
    }
  });

  Deno.test(`an image is removed by one tag, then with the rest, ${on}`, async () => {
    await using it = await openResources(engine);
    const images = async (): Promise<readonly Image[]> => (await it.request("GET", "/images")).body;
    const found = (await images()).find(({ tags }) => tags.includes(`${it.name}:1`))!;
    const path = `/images/Localhost/${found.id}`;
    const { body: untagged } = await it.request("DELETE", `${path}?tag=${it.name}:1&wait=1`);
    assertEquals([untagged.state, untagged.error], ["succeeded", null]);
    assertEquals((await images()).find(({ id }) => id === found.id)?.tags, [`${it.name}:2`]);
    const { body: removed } = await it.request("DELETE", `${path}?wait=1`);
    assertEquals([removed.state, removed.error], ["succeeded", null]);
    assertEquals((await images()).some(({ id }) => id === found.id), false);
  });

  Deno.test(`a prune removes exactly the chosen volume and network, ${on}`, async () => {
    await using it = await openResources(engine);
    const kinds = { hostId: "Localhost", kinds: ["network", "volume"] };
    // Other tests use the engine as well, so the list may change between two requests.
    const ended = await eventually("a prune of an unchanged list", async () => {
      const { body: all } = await it.request("POST", "/prune", { ...kinds, dryRun: true });
      const { items } = v.parse(PrunePreview, all);
      const others = items.filter(({ kind, name }) => kind === "network" && name !== it.name);
      const request = { ...kinds, volumes: [it.name], except: others.map(({ id }) => id) };
      const { body: chosen } = await it.request("POST", "/prune", { ...request, dryRun: true });
      const names = chosen.items?.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`);
      if (JSON.stringify(names) !== JSON.stringify([`network ${it.name}`, `volume ${it.name}`])) {
        return undefined;
      }
      const { status, body } = await it.request("POST", "/prune?wait=1", {
        ...{ ...request, dryRun: false, digest: chosen.digest },
      });
      return status === 200 ? body : undefined;
    });
    assertEquals([ended.state, ended.error], ["succeeded", null]);
    assertStringIncludes(ended.messages.at(-1), "Removed 2 items");
    const { body: volumes } = await it.request("GET", "/volumes");
    assert(!volumes.some(({ name }: Volume) => name === it.name));
  });
}
