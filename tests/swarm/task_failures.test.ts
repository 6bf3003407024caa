import type { SwarmTask } from "../../server/protocol/swarm/swarm.ts";
import { TaskFailures } from "../../server/swarm/task_failures.ts";
import { assertEquals } from "../assert.ts";

function task(id: string, state: string, wanted = "shutdown"): SwarmTask {
  return {
    ...{
      id,
      state,
      wanted,
      serviceId: "s",
      name: "web.1",
      nodeId: null,
      since: null,
      containerId: null,
      hostId: null,
    },
    error: `${id} has ${state}`,
  };
}

Deno.test("a service whose task is rejected three times has failed, with the newest error", () => {
  const failures = new TaskFailures();
  const wanted = task("w", "preparing", "running");
  assertEquals(failures.take([wanted]), undefined);
  assertEquals(failures.take([wanted, task("a", "rejected"), task("b", "rejected")]), undefined);
  // The manager lists only the newest tasks.
  assertEquals(failures.take([wanted, task("c", "rejected")]), "c has rejected");
});

Deno.test("a task that exits may be tried ten times, and more with more wanted tasks", () => {
  const failures = new TaskFailures();
  const wanted = [task("x", "running", "running"), task("y", "starting", "running")];
  failures.take(wanted);
  const exits = Array.from({ length: 19 }, (_, at) => task(`t${at}`, "failed"));
  assertEquals(failures.take([...wanted, ...exits]), undefined);
  assertEquals(failures.take([...wanted, task("last", "failed")]), "last has failed");
});

Deno.test("tasks that had failed before are not counted", () => {
  const failures = new TaskFailures();
  const old = ["a", "b", "c", "d"].map((id) => task(id, "rejected"));
  assertEquals(failures.take(old), undefined);
  assertEquals(failures.take(old), undefined);
});

Deno.test("without an error of a task, the reason names the number of tasks and their state", () => {
  for (
    const [state, count, reason] of [["rejected", 3, "3 tasks were rejected"], [
      "failed",
      10,
      "10 tasks have failed",
    ]] as const
  ) {
    const failures = new TaskFailures();
    failures.take([]);
    const tasks = Array.from({ length: count }, (_, at) => ({ ...task(`t${at}`, state), error: null }));
    assertEquals(failures.take(tasks), reason);
  }
});
