/** Changes of limits over HTTP. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { fakeInspection } from "../fakes/inspection.ts";
import { serveStacks, watch } from "../stacks/client.ts";

const SOLO = "/containers/Localhost/solo";

function engineOfOne(): FakeEngine {
  const engine = new FakeEngine(fakeContainer("solo"));
  engine.onCall = () => fakeInspection("solo");
  return engine;
}

Deno.test("PATCH changes limits as an operation", async () => {
  const engine = engineOfOne();
  await using it = await serveStacks({ engine });
  await using client = await watch(it.server.url, "?detail=full");
  const { status, body } = await it.call("PATCH", `${SOLO}?wait=1`, { cpus: 1, restartPolicy: "always" });
  assertEquals([status, body.state, body.action], [200, "succeeded", "limiting"]);
  assertEquals(engine.sent.at(-1)?.body, {
    NanoCpus: 1e9,
    RestartPolicy: { Name: "always", MaximumRetryCount: 0 },
  });
  await client.frame("the end", ({ data }) => data?.status === "updated" && data.target.name === "solo");
});

const WRONG_LIMITS: readonly (readonly [body: unknown, message: string])[] = [
  [{}, "found no limit"],
  [{ cpus: 0 }, "0.01 or more"],
  [{ cpus: -1 }, "0.01 or more"],
  [{ cpus: 3 }, "at most 2"],
  [{ cpus: "1" }, "a number of cores"],
  [{ memoryBytes: 6 * 1024 * 1024 - 1 }, "6 MiB"],
  [{ memoryBytes: 1e8 + 0.5 }, "a whole number of bytes"],
  [{ restartPolicy: "sometimes" }, "unless-stopped"],
  [{ restartPolicy: "on-failure:-1" }, "on-failure:N"],
  [{ restartPolicy: "always:3" }, "no, always"],
  [{ pids: 5 }, "unknown key: allowed are cpus, memoryBytes, restartPolicy"],
];

for (const [body, message] of WRONG_LIMITS) {
  Deno.test(`PATCH refuses ${JSON.stringify(body)}`, async () => {
    const engine = engineOfOne();
    await using it = await serveStacks({ engine });
    const answer = await it.call("PATCH", SOLO, body);
    assertEquals([answer.status, engine.sent], [422, []]);
    assertStringIncludes(answer.body.detail, message);
  });
}
