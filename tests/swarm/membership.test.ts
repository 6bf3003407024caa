import { readMembership } from "../../server/swarm/open.ts";
import { assertEquals } from "../assert.ts";

const SIGNAL = new AbortController().signal;

Deno.test("members are the nodes of the managers, and a silent engine keeps its own node", async () => {
  const info = (NodeID: string, ControlAvailable: boolean) => ({
    Swarm: { NodeID, ControlAvailable, LocalNodeState: "active" },
  });
  const nodes = [{ ID: "n1", Description: { Hostname: "a" } }, { ID: "../x" }, null, { ID: 5 }];
  const manager = {
    call: ({ path }: { path: string }) => Promise.resolve(path === "/nodes" ? nodes : info("n1", true)),
  };
  let answers = true;
  const worker = {
    call: () => answers ? Promise.resolve(info("n2", false)) : Promise.reject(new Error("down")),
  };
  const ids = new WeakMap<object, string>();
  const first = await readMembership([manager, worker], ids, SIGNAL);
  assertEquals(first, { nodes: new Map([["n1", "a"]]), configured: new Set(["n1", "n2"]), complete: true });
  answers = false;
  const second = await readMembership([manager, worker], ids, SIGNAL);
  assertEquals([second?.configured, second?.complete], [new Set(["n1", "n2"]), false]);
  assertEquals(await readMembership([worker], ids, SIGNAL), undefined);
});
