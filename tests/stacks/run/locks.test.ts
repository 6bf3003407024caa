import type { Operation } from "../../../server/protocol/operations.ts";
import { hostPlace, Locks, placeOf, projectPlace } from "../../../server/stacks/run/locks.ts";
import { assertEquals } from "../../assert.ts";

function operation(hostId: string, project: string | null, kind: Operation["target"]["kind"]): Operation {
  const target = { kind, name: "x", id: "x" };
  return { operation_id: 7, action: "removing", hostId, project, target } as Operation;
}

Deno.test("operations on different projects of a host do not exclude each other", () => {
  const running = [operation("nas", "shop", "stack"), operation("nas", null, "container")];
  assertEquals(new Locks().obstacle(projectPlace("nas", "blog"), running, undefined), undefined);
});

for (const kind of ["image", "volume", "network", "host"] as const) {
  Deno.test(`an operation on a ${kind} excludes every other one on its host alone`, () => {
    const running = [operation("nas", null, kind)];
    const locks = new Locks();
    const reason = "operation 7 (removing) has not ended";
    assertEquals(locks.obstacle(projectPlace("nas", "shop"), running, undefined), reason);
    assertEquals(locks.obstacle(placeOf(operation("nas", null, "container")), running, undefined), reason);
    assertEquals(locks.obstacle(projectPlace("other", "shop"), running, undefined), undefined);
  });
}

Deno.test("an operation on a stack of a swarm excludes others through every manager of the swarm", () => {
  const running = [{ ...operation("one", "shop", "stack"), swarm: "c1" }];
  const locks = new Locks();
  const reason = "operation 7 (removing) has not ended";
  assertEquals(locks.obstacle(projectPlace("two", "shop", "c1"), running, undefined), reason);
  assertEquals(locks.obstacle(projectPlace("one", "shop"), running, undefined), reason);
  assertEquals(locks.obstacle(hostPlace("one"), running, undefined), reason);
  for (
    const free of [
      projectPlace("two", "shop", "c2"),
      projectPlace("two", "blog", "c1"),
      projectPlace("two", "shop"),
    ]
  ) assertEquals(locks.obstacle(free, running, undefined), undefined);
});

Deno.test("a change of a node excludes only others of the same node", () => {
  const ofNode = (id: string) => ({
    ...operation("one", null, "host"),
    swarm: "c1",
    target: { kind: "host", name: "x", id },
  });
  const running = [ofNode("n1")] as Operation[];
  const locks = new Locks();
  const reason = "operation 7 (removing) has not ended";
  assertEquals(locks.obstacle(placeOf({ ...running[0]!, hostId: "two" }), running, undefined), reason);
  assertEquals(locks.obstacle(placeOf(ofNode("n2") as Operation), running, undefined), undefined);
  assertEquals(locks.obstacle(projectPlace("one", "shop", "c1"), running, undefined), undefined);
});

Deno.test("the lock of a host excludes its projects, and their locks exclude it", () => {
  const locks = new Locks();
  {
    using hold = locks.hold(hostPlace("nas"));
    const reason = "a removal on its host is being checked. Try again";
    assertEquals(locks.obstacle(projectPlace("nas", "shop"), [], undefined), reason);
    assertEquals(locks.obstacle(hostPlace("nas"), [], hold), undefined);
  }
  using _files = locks.hold(projectPlace("nas", "shop"));
  const writing = "files of a stack on it are being written. Try again";
  assertEquals(locks.obstacle(hostPlace("nas"), [], undefined), writing);
});

Deno.test("a lock that was released protects nothing", () => {
  const locks = new Locks();
  const hold = locks.hold(projectPlace("nas", "shop"));
  hold[Symbol.dispose]();
  assertEquals(
    locks.obstacle(projectPlace("nas", "shop"), [], hold),
    "its files are being written. Try again",
  );
});
