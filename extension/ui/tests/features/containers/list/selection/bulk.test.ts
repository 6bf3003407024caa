import { assertEquals } from "../../../../../../../tests/assert.ts";
import type { ContainerState } from "../../../../../../../server/protocol/stats.ts";
import { ContainerTasks } from "../../../../../src/features/containers/model/container_tasks.ts";
import {
  applies,
  type BulkAction,
  type BulkTarget,
  runBulk,
  targetsOf,
} from "../../../../../src/features/containers/list/selection/bulk.ts";
import { resultText } from "../../../../../src/features/containers/list/selection/labels.ts";
import { FakeTransport, refusal } from "../../../../fakes/transport.ts";

function target(name: string, changes: Partial<BulkTarget> = {}): BulkTarget {
  return { hostId: "nas", id: name.padEnd(64, "0"), name, project: null, state: "running", ...changes };
}

for (
  const [state, actions] of [
    ["running", "stop restart pause kill remove"],
    ["paused", "stop restart unpause kill remove"],
    ["restarting", "stop restart kill remove"],
    ["exited", "start restart remove"],
    ["created", "start restart remove"],
    ["removed", ""],
  ] as readonly (readonly [ContainerState, string])[]
) {
  Deno.test(`a container that is ${state} can take these operations: ${actions}`, () => {
    const all: readonly BulkAction[] = ["start", "stop", "restart", "pause", "unpause", "kill", "remove"];
    assertEquals(all.filter((action) => applies(action, state)).join(" "), actions);
  });
}

Deno.test("an operation leaves out the containers that are not in a state for it", () => {
  const all = [target("a"), target("b", { state: "exited" })];
  assertEquals(targetsOf("stop", all).map(({ name }) => name), ["a"]);
});

Deno.test("each operation carries host and full id, and containers of a project follow each other", async () => {
  const transport = new FakeTransport();
  using tasks = new ContainerTasks(transport, 1);
  const targets = [target("a", { project: "shop" }), target("b", { project: "shop" })];
  for (const [index, { id }] of targets.entries()) {
    transport.answers[`POST /containers/nas/${id}/stop`] = { operation_id: index };
    transport.answers[`/operations/${index}`] = { state: "succeeded", messages: [] };
  }
  const { done, failed } = await runBulk(tasks, "stop", targets);
  assertEquals([done.length, failed], [2, []]);
  assertEquals(transport.asked, [
    `POST /containers/nas/${targets[0]!.id}/stop`,
    "GET /operations/0",
    `POST /containers/nas/${targets[1]!.id}/stop`,
    "GET /operations/1",
  ]);
});

Deno.test("a failure does not stop the others, and appears in the summary only", async () => {
  const transport = new FakeTransport();
  using tasks = new ContainerTasks(transport, 1);
  const [good, bad] = [target("good"), target("bad")];
  transport.answers[`POST /containers/nas/${good.id}/stop`] = { operation_id: 1 };
  transport.answers[`POST /containers/nas/${bad.id}/stop`] = refusal(409, "It has an operation");
  transport.answers["/operations/1"] = { state: "succeeded", messages: [] };
  const result = await runBulk(tasks, "stop", [bad, good]);
  assertEquals(resultText(result), "Stopped 1 of 2 containers. bad (nas): It has an operation");
  assertEquals([...tasks.all.value.values()].filter(({ phase }) => phase === "failed"), []);
});

Deno.test("only a container that runs is removed by force", async () => {
  const transport = new FakeTransport();
  using tasks = new ContainerTasks(transport, 1);
  await runBulk(tasks, "remove", [target("a"), target("b", { state: "exited" })]);
  assertEquals(transport.asked.filter((one) => one.startsWith("DELETE")), [
    `DELETE /containers/nas/${target("a").id}?force=1`,
    `DELETE /containers/nas/${target("b").id}`,
  ]);
});

Deno.test("the summary of a removal names the way to create the containers of a stack again", () => {
  const done = [target("a", { project: "shop" })];
  assertEquals(
    resultText({ action: "remove", done, failed: [] }),
    "Removed 1 container. Deploy a stack again to create its containers.",
  );
});
