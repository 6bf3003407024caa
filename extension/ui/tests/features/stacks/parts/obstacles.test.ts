import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { busyObstacle, useStackObstacle } from "../../../../src/features/stacks/parts/obstacles.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { operation, project, stack } from "../../../fakes/messages.ts";

const RUNNING = operation({ state: "running", action: "restarting" });

Deno.test("names the unfinished operation of a stack, which can be cancelled", () => {
  assertEquals(busyObstacle(stack({ operation: RUNNING })), "Restarting “shop”. Wait, or cancel it first.");
});

Deno.test("names the unfinished operation of a project, which cannot be cancelled", () => {
  assertEquals(busyObstacle(project({ operation: RUNNING })), "Restarting “legacy”. Wait until it ends.");
});

Deno.test("permits commands without an unfinished operation", () => {
  assertEquals(busyObstacle(stack()), undefined);
});

for (
  const [about, pattern] of [
    [{ access: "view" }, /token/],
    [{ readOnly: true }, /--read-only/],
    [{ simulated: true }, /Simulated/],
  ] as const
) {
  Deno.test(`explains why no stack can be changed for ${JSON.stringify(about)}`, async () => {
    await using page = new TestPage(fakeClient(about).client);
    const { result } = page.hook(() => useStackObstacle());
    assertEquals(pattern.test(result.current ?? ""), true, result.current);
  });
}

Deno.test("permits changes with full access", async () => {
  await using page = new TestPage(fakeClient().client);
  assertEquals(page.hook(() => useStackObstacle()).result.current, undefined);
});
