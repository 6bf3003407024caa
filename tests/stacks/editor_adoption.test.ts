import { assert, assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { COMPOSE, serveStacks } from "./client.ts";

/** What becomes of an adoption when a container's labels say that its files are there. */
async function adopt(composeFolder: string, composeFiles: string) {
  const labels = { project: "shop", service: "web", composeFolder, composeFiles };
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("shop-web-1", labels)) });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  return await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
}

for (
  const [what, file] of [
    ["a device without end", "/dev/zero"],
    ["a file that is no YAML by its name", "/etc/passwd"],
    ["a path that depends on where DockStat was started", "compose.yaml"],
  ] as const
) {
  Deno.test(`labels that name ${what} are not believed`, async () => {
    const { status, body } = await adopt("/tmp", file);
    assertEquals(status, 422);
    assert(!JSON.stringify(body).includes("root:"), JSON.stringify(body));
  });
}

Deno.test("a file that is too long, or none at all, is not read", async () => {
  using folder = temporaryFolder({ "long.yaml": "#".repeat(2 * 1024 * 1024) });
  await Deno.mkdir(folder.path("folder.yaml"));
  for (const name of ["long.yaml", "folder.yaml"]) {
    assertEquals((await adopt(folder.path(""), folder.path(name))).status, 422, name);
  }
});

Deno.test("what a file holds that is no compose file is not repeated", async () => {
  using folder = temporaryFolder({ "secret.yaml": "hunter2secret" });
  const { status, body } = await adopt(folder.path(""), folder.path("secret.yaml"));
  assertEquals(status, 422);
  assert(!JSON.stringify(body).includes("hunter2secret"));
});

Deno.test("a project whose file is there is adopted", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  assertEquals((await adopt(folder.path(""), folder.path("compose.yaml"))).status, 201);
});
