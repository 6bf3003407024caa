import { VisibleProcesses } from "../../server/terminal/host_processes.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const [OWN, OTHER] = ["a".repeat(64), "b".repeat(64)];

/** A folder like `/proc` with some processes, each with its name, session and control group. */
function processes(all: Readonly<Record<number, readonly [name: string, session: number, group: string]>>) {
  const files = Object.entries(all).flatMap(([pid, [name, session, group]]) => [
    [`${pid}/stat`, `${pid} (${name}) S 1 ${session} ${session} 0 -1\n`],
    [`${pid}/cgroup`, `${group}\n`],
  ]);
  const folder = temporaryFolder({ "self/stat": "", ...Object.fromEntries(files) });
  const killed: number[] = [];
  const machine = new VisibleProcesses(folder.path(""), (pid) => void killed.push(pid));
  return { machine, killed, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

for (
  const group of [`0::/system.slice/docker-${OWN}.scope`, `12:pids:/docker/${OWN}\n1:cpu:/docker/${OWN}`]
) {
  Deno.test(`kills a process of ${group.slice(0, 20)} with its session, and no other`, () => {
    using it = processes({
      10: ["sh", 10, group],
      11: ["sleep", 10, group],
      12: ["app", 1, group],
      13: ["sh", 10, group.replaceAll(OWN, OTHER)],
      14: ["sh", 10, "0::/user.slice"],
    });
    assertEquals([it.machine.kill(10, OWN), it.killed.sort()], [true, [10, 11]]);
  });
}

for (
  const [what, name, session, group] of [
    ["of another container", "sh", 10, `0::/docker/${OTHER}`],
    ["outside containers", "sh", 10, "0::/user.slice"],
    [
      "in a group that a container has named for another",
      "sh",
      10,
      `0::/docker/${OTHER}/docker-${OWN}.scope`,
    ],
    ["without a session of its own", "sh", 1, `0::/docker/${OWN}`],
    ["whose name imitates a session", "x) S 1 10 10 0 (", 0, `0::/docker/${OWN}`],
  ] as const
) {
  Deno.test(`leaves a process ${what}`, () => {
    using it = processes({ 10: [name, session, group] });
    assertEquals([it.machine.kill(10, OWN), it.killed], [false, []]);
  });
}

Deno.test("a process that has ended is not found", () => {
  using it = processes({});
  assertEquals(it.machine.kill(10, OWN), false);
});
