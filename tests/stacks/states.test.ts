/** Tests of the states of projects whose engine has another clock. */
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "./client.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

for (
  const [what, offsetMs, ageMs, expected] of [
    ["a new container is starting although its clock is behind", -HOUR, 0, "starting"],
    ["a new container is starting although its clock is ahead", HOUR, 0, "starting"],
    ["an old container is not starting although its clock is ahead", HOUR, 2 * MINUTE, "degraded"],
  ] as const
) {
  Deno.test(`while it restarts, ${what}`, async () => {
    const engine = new FakeEngine();
    engine.clockOffsetMs = offsetMs;
    const createdAt = Date.now() + offsetMs - ageMs;
    engine.put(
      fakeContainer("web-web-1", { project: "web", service: "web", state: "restarting", createdAt }),
    );
    await using it = await serveStacks({ engine });
    const stack = await eventually("the project", async () => (await it.call("GET", "/stacks")).body[0]);
    assertEquals(stack.status, expected);
  });
}
