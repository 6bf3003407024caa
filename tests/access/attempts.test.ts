import { AppError } from "../../server/errors.ts";
import { Attempts } from "../../server/access/attempts.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";

Deno.test("limits wrong tokens per address and says when to retry", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 2 });
  const statuses = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    const answer = await fetch(`${server.url}/docker/hosts`, { headers: { authorization: "Bearer wrong" } });
    statuses.push(answer.status);
    if (answer.status === 429) assert(Number(answer.headers.get("retry-after")) > 0);
    await answer.body?.cancel();
  }
  assertEquals(statuses, [401, 401, 429, 429]);
  const right = await fetch(`${server.url}/docker/hosts`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await right.body?.cancel();
  assertEquals(right.status, 200);
});

Deno.test("forgets failures after their window, and those of the oldest of too many addresses", () => {
  let now = 0;
  const attempts = new Attempts({ max: 1, windowMs: 1000, peers: 2 }, () => now);
  attempts.failed("a");
  assertThrows(() => attempts.failed("a"), AppError);
  now = 1000;
  attempts.failed("a");
  attempts.failed("b");
  attempts.failed("c");
  attempts.failed("a");
});
