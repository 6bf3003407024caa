/** Tests that a version is deployed again with its texts and image digests, on a real engine with a registry. */
import { assert, assertEquals } from "../../assert.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";
import {
  act,
  call,
  create,
  projectName,
  serveStacks,
  services,
  startRegistry,
  statesOf,
  WEB,
} from "../stacks.ts";

const [engine] = await realEngines();

/** Pushes an image with a label, and returns its digest. */
async function push(image: string, label: string): Promise<string> {
  const container = await docker(engine, "create", IMAGE, "true");
  try {
    await docker(engine, "commit", "--change", `LABEL v=${label}`, container, image);
  } finally {
    await docker(engine, "rm", container);
  }
  await docker(engine, "push", image);
  const digest = await docker(engine, "inspect", "--format", "{{index .RepoDigests 0}}", image);
  return digest.trim().replace(/^.*@/, "");
}

Deno.test("a version is deployed with the same digest although its tag has moved, also from the registry", async () => {
  await using project = projectName(engine);
  await using registry = await startRegistry();
  await using server = await serveStacks(engine);
  const image = `${registry.address}/dockstat-e2e/app:1`;
  const label = async () =>
    (await docker(engine, "inspect", "--format", "{{.Config.Labels.v}}", `${project.name}-web-1`)).trim();
  try {
    const old = await push(image, "old");
    const compose = services(WEB.replace(IMAGE, image));
    const id = await create(server, { name: project.name, compose, deploy: false });
    assertEquals(await act(server, id, "deploy"), "succeeded");
    const moved = await push(image, "new");
    assert(moved !== old);
    await call(server, "PUT", `/stacks/${id}`, { env: "A=1\n" });
    assertEquals(await act(server, id, "update"), "succeeded");
    assertEquals(await label(), "new");
    // Only the registry has the old image now.
    await docker(engine, "image", "rm", "-f", `${registry.address}/dockstat-e2e/app@${old}`);
    const { body } = await call(server, "POST", `/stacks/${id}/versions/1/deploy?wait=1`);
    assertEquals([body.state, body.error], ["succeeded", null]);
    assertEquals([await label(), await statesOf(engine, project.name)], ["old", ["running"]]);
    const { body: [newest] } = await call(server, "GET", `/stacks/${id}/versions`);
    assertEquals([newest.reason, newest.images[0].digest], ["restored from version 1", old]);
    assertEquals((await call(server, "GET", `/stacks/${id}/compose`)).body, { compose, env: "" });
  } finally {
    await tryRun("docker", ["-H", engine.url, "rm", "-f", `${project.name}-web-1`]);
    const all = await docker(
      engine,
      "image",
      "ls",
      "-q",
      "--filter",
      "label=v",
      `${registry.address}/dockstat-e2e/app`,
    );
    for (const id of new Set(all.split("\n").filter(Boolean))) {
      await tryRun("docker", ["-H", engine.url, "image", "rm", "-f", id]);
    }
  }
});
