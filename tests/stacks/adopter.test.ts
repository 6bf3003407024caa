import { assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { COMPOSE, serveStacks } from "./client.ts";

Deno.test("the plan of a project compares its files with its containers, and stores nothing", async () => {
  using folder = temporaryFolder({ "compose.yaml": `${COMPOSE}  api:\n    image: busybox:1\n` });
  const engine = new FakeEngine();
  engine.onCall = ({ path }) => {
    if (path.startsWith("/images")) return { Id: "sha256:1" };
    if (!path.startsWith("/containers/json")) return { Config: { Image: "busybox:1" } };
    const labels = { "com.docker.compose.service": "web", "com.docker.compose.config-hash": "h" };
    return [{ Id: "1", Names: ["/web-web-1"], State: "running", ImageID: "sha256:1", Labels: labels }];
  };
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  engine.put(fakeContainer("web-web-1", { project: "web", service: "web", ...labels }));
  await using it = await serveStacks({ engine });
  it.compose.hidden = () => ({ services: { web: { image: "busybox:2", build: { context: "." } } } });
  const { status, body } = await it.call("POST", "/stacks/plan", { project: "web" });
  assertEquals(status, 200);
  assertEquals([body.services[0].action, body.services[0].reasons], ["recreate", ["image"]]);
  assertEquals((await it.call("GET", "/stacks")).body.map(({ managed }: { managed: boolean }) => managed), [
    false,
  ]);
});

/** Returns the time of the last deployment of an adopted project, as minutes ago. */
async function deployedAgo(clockOffsetMs: number, createdAt: number): Promise<number> {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const engine = new FakeEngine();
  engine.clockOffsetMs = clockOffsetMs;
  engine.onCall = ({ path }) =>
    path.startsWith("/images")
      ? { Id: "sha256:1", RepoDigests: [] }
      : path.startsWith("/containers/json")
      ? []
      : { Config: { Image: "busybox:1" } };
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  engine.put(fakeContainer("web-web-1", { project: "web", service: "web", ...labels, createdAt }));
  await using it = await serveStacks({ engine });
  const { status, body } = await it.call("POST", "/stacks/adopt", { project: "web", hostId: "Localhost" });
  assertEquals([status, body.warnings], [201, []]);
  const { body: [version] } = await it.call("GET", `/stacks/${body.stack_id}/versions`);
  return Math.round((Date.now() - Date.parse(version.deployed_at)) / 60_000);
}

const HOUR = 3_600_000;

for (
  const [what, offsetMs, ageMs, expected] of [
    ["its container was created by a clock that is ahead", HOUR, 0.5 * HOUR, 30],
    ["its container was created by a clock that is behind", -HOUR, 0.5 * HOUR, 30],
    ["its container was created in the future", 0, -HOUR, 0],
    ["its container was created after all dates", 0, -9e15, 0],
  ] as const
) {
  Deno.test(`the last deployment of a project: ${what}`, async () => {
    assertEquals(await deployedAgo(offsetMs, Date.now() + offsetMs - ageMs), expected);
  });
}

Deno.test("an unchanged project was deployed last when its newest container was created", async () => {
  const pinned = `busybox@sha256:${"a".repeat(64)}`;
  using folder = temporaryFolder({ "compose.yaml": `${COMPOSE}  api:\n    image: busybox:1\n` });
  const engine = new FakeEngine();
  engine.onCall = ({ path }) =>
    path.startsWith("/images")
      ? { Id: "sha256:1", RepoDigests: [pinned] }
      : path.startsWith("/containers/json")
      ? []
      : { Config: { Image: "busybox:1" } };
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const [older, newer] = ["2026-08-01T12:00:00.000Z", "2026-08-02T12:00:00.000Z"];
  for (const [service, createdAt] of [["web", newer], ["api", older]] as const) {
    const times = { createdAt: Date.parse(createdAt) };
    engine.put(fakeContainer(`web-${service}-1`, { project: "web", service, ...labels, ...times }));
  }
  await using it = await serveStacks({ engine });
  it.compose.services = ["api", "web"];
  const { body } = await it.call("POST", "/stacks/adopt", { project: "web", hostId: "Localhost" });
  assertEquals(body.warnings, []);
  const { body: [version] } = await it.call("GET", `/stacks/${body.stack_id}/versions`);
  assertEquals(version.deployed_at, newer);
  const image = { image: "busybox:1", digest: pinned.slice(8) };
  assertEquals(version.images, [{ service: "api", ...image }, { service: "web", ...image }]);
});
