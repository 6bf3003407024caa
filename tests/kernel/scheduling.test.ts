import type { RawTask } from "../../server/docker/metrics/raw.ts";
import { Scheduling } from "../../server/kernel/scheduling.ts";
import { assertEquals } from "../assert.ts";

/** Adds a reading, and returns the time on the CPU. */
function run(
  scheduling: Scheduling,
  tasks: readonly RawTask[] | undefined,
  key = "web/42",
): number | undefined {
  return scheduling.add(key, tasks === undefined ? {} : { tasks }).scheduling?.run_ns;
}

Deno.test("a sum does not fall when a thread ends, or when its number is used again", () => {
  const scheduling = new Scheduling();
  assertEquals(run(scheduling, [[7, 1, 100, 0, 0], [8, 1, 50, 0, 0]]), 150);
  assertEquals(run(scheduling, [[7, 1, 110, 0, 0]]), 160);
  assertEquals(run(scheduling, [[7, 2, 5, 0, 0]]), 165);
});

Deno.test("a reading without threads has no sum, and the next one continues", () => {
  const scheduling = new Scheduling();
  run(scheduling, [[7, 1, 100, 0, 0]]);
  assertEquals(run(scheduling, undefined), undefined);
  assertEquals(run(scheduling, [[9, 3, 1, 0, 0]]), 101);
});

Deno.test("a container that restarts or is gone begins again", () => {
  const scheduling = new Scheduling();
  run(scheduling, [[7, 1, 100, 0, 0]]);
  assertEquals(run(scheduling, [[9, 3, 1, 0, 0]], "web/43"), 1);
  scheduling.keep(new Set(["web/43"]));
  assertEquals(run(scheduling, [[7, 1, 2, 0, 0]]), 2);
});

Deno.test("threads leave the answer once they are summed up", () => {
  const { tasks, scheduling } = new Scheduling().add("web/42", { tasks: [[7, 1, 2, 3, 4]] });
  assertEquals([tasks, scheduling], [undefined, { run_ns: 2, wait_ns: 3, periods: 4 }]);
});
