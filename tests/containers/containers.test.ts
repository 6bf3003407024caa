import { AppError } from "../../server/errors.ts";
import { openDatabase } from "../../server/store/database.ts";
import { Journal } from "../../server/store/journal.ts";
import { assert, assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { fakeInspection } from "../fakes/inspection.ts";
import { serveStacks } from "../stacks/client.ts";

Deno.test("values of a stack's .env are cut out of the engine's messages", async () => {
  const engine = new FakeEngine();
  engine.onCall = () => {
    throw new AppError("engine-refused", "cannot start web: exec: hunter2hunter2: not found");
  };
  await using it = await serveStacks({ engine });
  await it.create("shop", { deploy: false, env: "SECRET=hunter2hunter2" });
  engine.put(fakeContainer("web", { project: "shop", service: "web" }));
  const { body } = await waitForContainer(() => it.call("POST", "/containers/Localhost/web/start?wait=1"));
  assertEquals([body.state, body.stack_id], ["failed", 1]);
  assertEquals(body.error, "cannot start web: exec: [redacted]: not found");
  assert(!JSON.stringify(body).includes("hunter2"));
});

Deno.test("details name the stack of a container, and the host's resources bound its limits", async () => {
  const engine = new FakeEngine();
  engine.onCall = ({ path }) => path.startsWith("/images/") ? {} : fakeInspection("web", { NanoCpus: 2e9 });
  await using it = await serveStacks({ engine });
  await it.create("shop", { deploy: false });
  engine.put(fakeContainer("web", { project: "shop", service: "web" }));
  const { body } = await waitForContainer(() => it.call("GET", "/containers/Localhost/web"));
  assertEquals([body.stack_id, body.project], [1, "shop"]);
  // The fake host has two cores.
  assertEquals(body.limits.cpus, null);
});

Deno.test("the removal of a container that a crash interrupted is not that of its stack", async () => {
  const data = freshFolder();
  await Deno.mkdir(data, { recursive: true });
  {
    using database = openDatabase(`${data}/dockstat.db`);
    const target = { kind: "container", name: "web", id: idOf("web") } as const;
    const owner = { stackId: 7, hostId: "Localhost", project: "shop" };
    new Journal(database).begin({ ...owner, action: "removing", target });
  }
  await using it = await serveStacks({ changes: { data } });
  const { body } = await it.call("GET", "/operations/1");
  assertEquals([body.state, body.messages], [
    "interrupted",
    ['Error while removing container "web": interrupted: DockStat ended while it ran'],
  ]);
});

/** Asks until the container that the engine has just reported is known. */
async function waitForContainer<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 404) return answer;
  }
}
