import { main } from "../../../server/cli/main.ts";
import { prune } from "../../../server/cli/resources/prune.ts";
import { toPruneCommand } from "../../../server/cli/resources/flags.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { idOf } from "../../fakes/engine.ts";
import { rawContainer, rawImage, rawNetwork, rawVolume } from "../../fakes/resources/resource_engine.ts";
import { type ServedResources, serveResources } from "../../resources/served.ts";
import { Captured } from "../stacks/client.ts";

/** Runs a command without a terminal. */
async function run({ server }: ServedResources, ...args: readonly string[]) {
  const { port } = new URL(server.url);
  using captured = new Captured();
  const code = await main([...args, "--port", port, "--token", TOKEN], new AbortController().signal);
  return { code, out: captured.out, err: captured.err };
}

async function serveUnused(): Promise<ServedResources> {
  const it = await serveResources();
  it.resources.raw = {
    containers: [rawContainer("job")],
    images: [rawImage("base", ["base:1"])],
    networks: [rawNetwork("old")],
    volumes: [rawVolume("cache"), rawVolume("data")],
  };
  return it;
}

Deno.test("without a terminal --yes is required, and nothing is removed before", async () => {
  await using it = await serveUnused();
  const { code, out, err } = await run(it, "prune");
  assertEquals([code, it.resources.removals], [1, []]);
  assertStringIncludes(out, "container   job");
  assertStringIncludes(err, "--yes is required");
});

Deno.test("it removes what it has listed, and of the volumes those that are named", async () => {
  await using it = await serveUnused();
  const { code, out } = await run(it, "prune", "--yes", "--volume", "data");
  assertEquals(code, 0);
  assertStringIncludes(out, "stay unless named with --volume\n  volume   cache");
  assertEquals(it.resources.removals, [
    `/containers/${idOf("job")}?v=0&force=0`,
    `/networks/${idOf("old")}`,
    "/volumes/data",
  ]);
  assertStringIncludes(out, "Removed 3 items");
});

Deno.test("a no removes nothing", async () => {
  await using it = await serveUnused();
  using _captured = new Captured();
  const questions: string[] = [];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(false);
  };
  const client = new ServerClient(it.server.url, TOKEN);
  const command = toPruneCommand(["networks"], {});
  const { signal } = new AbortController();
  await assertRejects(() => prune(client, command, signal, ask), AppError, "Nothing was removed");
  assertEquals([questions, it.resources.removals], [['Remove this item from host "Localhost"?'], []]);
});

Deno.test("a volume that is in use, or does not exist, stops the command", async () => {
  await using it = await serveUnused();
  const { code, err } = await run(it, "prune", "--yes", "--volume", "other");
  assertEquals([code, it.resources.removals], [1, []]);
  assertStringIncludes(err, 'Cannot remove volume "other"');
});

Deno.test("nothing to remove is a success", async () => {
  await using it = await serveResources();
  const { code, out } = await run(it, "prune");
  assertEquals([code, out], [0, 'Nothing to remove on host "Localhost"\n']);
});

Deno.test("kinds are singular or plural, and an unknown one has a suggestion", () => {
  assertEquals(toPruneCommand(["image", "networks"], {}).kinds, ["image", "network"]);
  assertEquals(toPruneCommand(["images"], { volume: "a,b" }).volumes, ["a", "b"]);
  assertThrows(() => toPruneCommand(["imagse"], {}), AppError, "did you mean images?");
});

for (const [kind, line] of [["images", "base:1"], ["volumes", "data"], ["networks", "old"]] as const) {
  Deno.test(`${kind} lists the ${kind} with their host`, async () => {
    await using it = await serveUnused();
    const { code, out } = await run(it, kind, "--on", "Localhost");
    assertEquals(code, 0);
    assertStringIncludes(out, line);
    assertStringIncludes(out, "Localhost");
  });
}
