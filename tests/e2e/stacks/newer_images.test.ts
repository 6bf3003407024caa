/** Newer images, with a real engine and a real registry whose tag moves. */
import { assertEquals } from "../../assert.ts";
import { run, tryRun } from "../../../tools/engine/run.ts";
import { parseAllowed } from "../../../server/outbound/addresses.ts";
import { act, call, create, projectName, serveStacks, services, startRegistry, WEB } from "../stacks.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";

const [engine] = await realEngines();

/** Builds an image with another label, and pushes it under the tag; the engine keeps no tag of it. */
async function push(tag: string, label: string): Promise<void> {
  const id = await docker(engine, "create", "--label", `version=${label}`, IMAGE, "true");
  await docker(engine, "commit", "--change", `LABEL version=${label}`, id.trim(), tag);
  await docker(engine, "rm", id.trim());
  await run("docker", ["-H", engine.url, "push", tag]);
}

Deno.test("a tag that names another image is reported, and an update makes it current", async () => {
  await using project = projectName(engine);
  await using registry = await startRegistry();
  const tag = `${registry.address}/dockstat-e2e/newer:1.0`;
  await using _images = {
    async [Symbol.asyncDispose]() {
      const ids = await tryRun("docker", ["-H", engine.url, "images", "-q", tag.replace(/:1.0$/, "")]) ?? "";
      for (const id of new Set(ids.split(/\s+/).filter(Boolean))) {
        await tryRun("docker", ["-H", engine.url, "rmi", "-f", id]);
      }
    },
  };
  await push(tag, "first");
  await using server = await serveStacks(engine, {
    outbound: { allow: [parseAllowed(registry.address)!] },
  });
  const compose = services(WEB.replace(IMAGE, tag));
  const stackId = await create(server, { name: project.name, compose, deploy: false });
  assertEquals(await act(server, stackId, "deploy"), "succeeded");
  const state = async () => {
    const { body } = await call(server, "POST", "/updates/check?wait=1");
    const found = body.updates.filter(({ image }: { image: string }) => image === tag);
    return found.map(({ state, newerTag }: { state: string; newerTag: string }) => [state, newerTag]);
  };
  assertEquals(await state(), [["current", null]]);
  // The engine's own tag moves with the push, as it does after a pull.
  await push(tag, "second");
  assertEquals(await state(), [["newer", null]]);
  await docker(engine, "tag", tag, tag.replace(":1.0", ":1.1"));
  await run("docker", ["-H", engine.url, "push", tag.replace(":1.0", ":1.1")]);
  assertEquals(await state(), [["newer", "1.1"]]);
  assertEquals(await act(server, stackId, "update"), "succeeded");
  assertEquals(await state(), [["current", "1.1"]]);
});
