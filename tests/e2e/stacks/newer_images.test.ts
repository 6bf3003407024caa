/** Newer images, with a real engine and a real registry whose tag moves. */
import { assertEquals, eventually } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { run, tryRun } from "../../../tools/engine/run.ts";
import { parseAllowed } from "../../../server/outbound/addresses.ts";
import { act, call, create, projectName, serveStacks, services, startRegistry, WEB } from "../stacks.ts";
import type { Server } from "../../../server/serve.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";

const [engine] = await realEngines();

/** Builds an image with another label, and pushes it under the tag; the engine keeps no tag of it. */
async function push(tag: string, label: string, change = `LABEL version=${label}`): Promise<void> {
  const id = await docker(engine, "create", "--label", `version=${label}`, IMAGE, "true");
  await docker(engine, "commit", "--change", change, id.trim(), tag);
  await docker(engine, "rm", id.trim());
  await run("docker", ["-H", engine.url, "push", tag]);
}

/** Removes the images of a repository at the end of the scope. */
function removedImages(tag: string): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      const ids = await tryRun("docker", ["-H", engine.url, "images", "-q", tag.replace(/:1.0$/, "")]) ?? "";
      for (const id of new Set(ids.split(/\s+/).filter(Boolean))) {
        await tryRun("docker", ["-H", engine.url, "rmi", "-f", id]);
      }
    },
  };
}

Deno.test("a tag that names another image is reported, and an update makes it current", async () => {
  await using project = projectName(engine);
  await using registry = await startRegistry();
  const tag = `${registry.address}/dockstat-e2e/newer:1.0`;
  await using _images = removedImages(tag);
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
  const first = await digests(server, tag);
  assertEquals(await act(server, stackId, "update"), "succeeded");
  assertEquals(await state(), [["current", "1.1"]]);
  const [second] = await digests(server, tag);
  assertEquals(second?.previous, first[0]?.digest);
  const { body } = await call(server, "POST", `/stacks/${stackId}/services/web/rollback?wait=1`);
  assertEquals(body.state, "succeeded", JSON.stringify(body));
  // The container is pinned to the previous digest, and still compared with its tag.
  assertEquals(await digests(server, tag), [{
    digest: first[0]!.digest,
    previous: null,
    undone: "requested",
  }]);
  assertEquals(await state(), [["newer", "1.1"]]);
});

/** Digests of the image that runs, and of the one that its service can return to. */
async function digests(server: Server, tag: string) {
  const { body } = await call(server, "GET", "/updates");
  return body.updates.filter(({ image }: { image: string }) => image === tag).map((
    { digest, containers: [{ previousDigest, undone }] }: {
      digest: string;
      containers: [{ previousDigest: string | null; undone: string | null }];
    },
  ) => ({ digest, previous: previousDigest, undone }));
}

const UNHEALTHY = "HEALTHCHECK --interval=1s --timeout=1s --retries=1 CMD false";

Deno.test("a nightly update that is unhealthy returns to the previous digest", async () => {
  await using project = projectName(engine);
  await using registry = await startRegistry();
  const tag = `${registry.address}/dockstat-e2e/night:1.0`;
  await using _images = removedImages(tag);
  await push(tag, "first");
  const data = freshFolder();
  const outbound = { allow: [parseAllowed(registry.address)!] };
  const label = "    labels: { dockstat.update: nightly }\n";
  let before: string;
  {
    await using server = await serveStacks(engine, { outbound, data });
    const compose = services(WEB.replace(IMAGE, tag).trimEnd() + `\n${label}`);
    const stackId = await create(server, { name: project.name, compose, deploy: false });
    assertEquals(await act(server, stackId, "deploy"), "succeeded");
    await push(tag, "broken", UNHEALTHY);
    before = (await digests(server, tag))[0]!.digest;
  }
  const night = { from: "00:00", to: "00:00", zone: "UTC" };
  const updates = { daily: false, night, healthyMs: 120_000, loginFolder: undefined };
  await using server = await serveStacks(engine, { outbound, data, updates });
  const undone = "the update failed: it is unhealthy or has exited";
  await eventually("the return", async () => (await digests(server, tag))[0]?.undone === undone);
  assertEquals((await digests(server, tag))[0]?.digest, before);
});
