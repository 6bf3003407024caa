import { assertEquals } from "../../../../../../tests/assert.ts";
import type { StartedOperation } from "../../../../../../server/protocol/operations.ts";
import { ContainerTasks } from "../../../../src/features/containers/model/container_tasks.ts";
import { Unreachable } from "../../../../src/lib/transport/transport.ts";
import { operation } from "../../../fakes/messages.ts";
import { FakeTransport, refusal } from "../../../fakes/transport.ts";

const TARGET = { hostId: "Localhost", id: "0".repeat(64), name: "web" };
const KEY = `Localhost/${TARGET.id}`;
const started = (): Promise<StartedOperation> => Promise.resolve({ stack_id: null, operation_id: 7 });

/** Transport that gives each answer once, and the last one repeatedly. */
function answering(...answers: unknown[]): FakeTransport {
  const transport = new FakeTransport();
  transport.ask = () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
  };
  return transport;
}

/** Runs an operation; returns the phases and messages that were shown. */
async function shownBy(transport: FakeTransport, request = started): Promise<string[]> {
  using tasks = new ContainerTasks(transport, 0);
  const shown: string[] = [];
  tasks.all.subscribe(() => {
    const task = tasks.all.value.get(KEY);
    shown.push(`${task?.phase} ${task?.message ?? ""}`.trim());
  });
  await tasks.run(TARGET, "stop", request);
  return shown;
}

Deno.test("shows progress and the result of an operation", async () => {
  const transport = answering(
    { ...operation({ state: "running" }), messages: ["Stopping"] },
    { ...operation(), messages: ["Stopping", "Stopped"] },
  );
  assertEquals(await shownBy(transport), ["running", "running Stopping", "succeeded Stopped"]);
});

Deno.test("shows the reason of a failed operation", async () => {
  const failed = { ...operation({ state: "failed", error: "no space left" }), messages: ["Starting"] };
  assertEquals((await shownBy(answering(failed))).at(-1), "failed no space left");
});

Deno.test("shows a refusal", async () => {
  const busy = () => Promise.reject(refusal(409, "Another operation runs"));
  assertEquals(await shownBy(new FakeTransport(), busy), ["running", "failed Another operation runs"]);
});

Deno.test("a lost connection does not end an operation", async () => {
  const transport = answering(new Unreachable("nobody there"), { ...operation(), messages: ["Stopped"] });
  assertEquals((await shownBy(transport)).at(-1), "succeeded Stopped");
});

Deno.test("a dismissed result is gone", async () => {
  using tasks = new ContainerTasks(answering({ ...operation(), messages: [] }), 0);
  await tasks.run(TARGET, "start", started);
  tasks.dismiss(TARGET);
  assertEquals(tasks.all.value.size, 0);
});

Deno.test("disposal ends the requests and shows nothing more", async () => {
  const tasks = new ContainerTasks(answering({ ...operation({ state: "running" }), messages: [] }), 1e6);
  const run = tasks.run(TARGET, "stop", started);
  tasks[Symbol.dispose]();
  await run;
  assertEquals(tasks.all.value.get(KEY)?.phase, "running");
});
