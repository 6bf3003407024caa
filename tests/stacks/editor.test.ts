import { openDatabase } from "../../server/store/database.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { COMPOSE, serveStacks } from "./client.ts";

const OTHER = "services:\n  web:\n    image: busybox:2\n";

Deno.test("validates the second of two concurrent updates against the result of the first", async () => {
  await using served = await serveStacks();
  const { call, compose, create } = served;
  const id = await create("pair", { deploy: false });
  const validated: (string | undefined)[] = [];
  const gate = Promise.withResolvers<void>();
  compose.onConfig = async ({ files }) => {
    validated.push(await Deno.readTextFile(files!.compose));
    await gate.promise;
  };
  const first = call("PUT", `/stacks/${id}`, { compose: OTHER });
  await eventually("the first validation", () => validated.length === 1);
  const second = call("PUT", `/stacks/${id}`, { env: "A=1\n" });
  const third = call("PUT", `/stacks/${id}`, { compose: ":" });
  gate.resolve();
  assertEquals((await Promise.all([first, second, third])).map(({ status }) => status), [200, 200, 422]);
  assertEquals(validated, [OTHER, OTHER]);
  assertEquals((await call("GET", `/stacks/${id}/compose`)).body, { compose: OTHER, env: "A=1\n" });
});

Deno.test("validates two texts at a time and queues the others", async () => {
  await using served = await serveStacks();
  const { call, compose } = served;
  let running = 0, maxRunning = 0;
  const gate = Promise.withResolvers<void>();
  compose.onConfig = async () => {
    maxRunning = Math.max(maxRunning, ++running);
    await gate.promise;
    running--;
  };
  const requests = Array.from({ length: 5 }, () => call("POST", "/stacks/validate", { compose: COMPOSE }));
  await eventually("two validations", () => running === 2);
  gate.resolve();
  assertEquals((await Promise.all(requests)).map(({ status }) => status), [200, 200, 200, 200, 200]);
  assertEquals(maxRunning, 2);
});

Deno.test("removes a new stack whose deployment cannot start, so that its name stays free", async () => {
  const data = freshFolder();
  await using served = await serveStacks({ changes: { data } });
  const { call } = served;
  using database = openDatabase(`${data}/dockstat.db`);
  database.exec("CREATE TRIGGER full BEFORE INSERT ON operations BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const refused = await call("POST", "/stacks", { name: "late", compose: COMPOSE });
  assertEquals(refused.status, 500);
  assertStringIncludes(refused.body.detail, "no room");
  assertEquals((await call("GET", "/stacks")).body, []);
  assertEquals([...Deno.readDirSync(`${data}/stacks`)], []);
  database.exec("DROP TRIGGER full");
  assertEquals((await call("POST", "/stacks", { name: "late", compose: COMPOSE })).status, 201);
});

for (
  const [other, hidden] of [
    [{ "dockstat.hide": "true" }, true],
    [{ "dockstat.hide": "false" }, undefined],
    [{}, undefined],
  ] as const
) {
  Deno.test(`a stack without containers is hidden: ${hidden ?? false}, with ${JSON.stringify(other)}`, async () => {
    await using it = await serveStacks();
    it.compose.hidden = () => ({
      services: { web: { image: "busybox:1", labels: { "dockstat.hide": "true" } }, db: { labels: other } },
    });
    const compose = "services: {web: {image: 'busybox:1'}, db: {image: 'busybox:1'}}";
    const { status, body } = await it.call("POST", "/stacks", { name: "shop", compose, deploy: false });
    assertEquals([status, body.hidden], [201, hidden]);
  });
}
