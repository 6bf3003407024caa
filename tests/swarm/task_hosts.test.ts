import { type PossibleNode, withHosts } from "../../server/swarm/task_hosts.ts";
import { assertEquals } from "../assert.ts";

function task(nodeId: string | null, containerId: string | null) {
  const texts = {
    id: `${nodeId}${containerId}`,
    serviceId: "s",
    name: "web.1",
    state: "running",
    wanted: "running",
  };
  return { ...texts, nodeId, containerId, since: null, error: null, hostId: null };
}

const OWN: PossibleNode = { hostId: "nas", nodeId: undefined, containers: [{ id: "c1" }] };
const FOUND: PossibleNode = { hostId: "beta-n2", nodeId: "n2", containers: undefined };

function hostsOf(tasks: Parameters<typeof withHosts>[0], hosts: readonly PossibleNode[]) {
  return withHosts(tasks, hosts).map(({ hostId }) => hostId);
}

Deno.test("a task is on the host that has its container, also one with its own address", () => {
  assertEquals(hostsOf([task("n1", "c1")], [OWN, FOUND]), ["nas"]);
});

Deno.test("an ended task is on the host of another task of its node", () => {
  assertEquals(hostsOf([task("n1", "gone"), task("n1", "c1")], [OWN]), ["nas", "nas"]);
});

Deno.test("a task is on the host that was found as its node, also while it cannot be read", () => {
  assertEquals(hostsOf([task("n2", "c2")], [OWN, FOUND]), ["beta-n2"]);
});

Deno.test("a host that was found as one node takes no tasks of another by listing their containers", () => {
  assertEquals(hostsOf([task("n1", "c1")], [{ ...FOUND, containers: [{ id: "c1" }] }]), [null]);
});

Deno.test("a task on no known host, or without a node, has none", () => {
  assertEquals(hostsOf([task("n3", "c3"), task(null, null)], [OWN, FOUND]), [null, null]);
});

Deno.test("of two hosts with one engine, the first has the task", () => {
  assertEquals(hostsOf([task("n1", "c1")], [OWN, { ...OWN, hostId: "again" }]), ["nas"]);
});
