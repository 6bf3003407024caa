import { assert, assertEquals, eventually } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../client.ts";

/** Adopts a project whose container's labels name these files. */
async function adopt(composeFolder: string, composeFiles: string) {
  const labels = { project: "shop", service: "web", composeFolder, composeFiles };
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("shop-web-1", labels)) });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  return await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
}

for (
  const [what, file] of [
    ["an endless device", "/dev/zero"],
    ["a file without a YAML extension", "/etc/passwd"],
    ["a relative path", "compose.yaml"],
  ] as const
) {
  Deno.test(`refuses to read a file that a label names: ${what}`, async () => {
    const { status, body } = await adopt("/tmp", file);
    assertEquals(status, 422);
    assert(!JSON.stringify(body).includes("root:"), JSON.stringify(body));
  });
}

Deno.test("refuses a file that is too long, and a folder", async () => {
  using folder = temporaryFolder({ "long.yaml": "#".repeat(2 * 1024 * 1024) });
  await Deno.mkdir(folder.path("folder.yaml"));
  for (const name of ["long.yaml", "folder.yaml"]) {
    assertEquals((await adopt(folder.path(""), folder.path(name))).status, 422, name);
  }
});

Deno.test("the refusal of a file does not repeat its content", async () => {
  using folder = temporaryFolder({ "secret.yaml": "hunter2secret" });
  const { status, body } = await adopt(folder.path(""), folder.path("secret.yaml"));
  assertEquals(status, 422);
  assert(!JSON.stringify(body).includes("hunter2secret"));
});

Deno.test("adopts a project whose file exists", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  assertEquals((await adopt(folder.path(""), folder.path("compose.yaml"))).status, 201);
});
