import { AppError } from "../../../server/errors.ts";
import { checkSwarmUntaken, nodesAmong } from "../../../server/stacks/run/swarm_names.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { SwarmTextStore } from "../../../server/store/swarm/swarm_texts.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { FakeEngine } from "../../fakes/engine.ts";

const NAME = { hostId: "b", name: "shop" };
const TEXTS = { compose: "services: {}", env: "" };

/** A manager, or a worker without `clusterId`. */
function node(nodeId: string, clusterId?: string, services: readonly object[] = []): FakeEngine {
  const engine = new FakeEngine();
  const swarm = clusterId === undefined
    ? { NodeID: nodeId, ControlAvailable: false }
    : { NodeID: nodeId, ControlAvailable: true, Cluster: { ID: clusterId } };
  engine.onCall = ({ path }) => {
    if (path === "/info") return { Swarm: swarm };
    return path === "/nodes" ? [{ ID: "n1" }, { ID: "n2" }] : services;
  };
  return engine;
}

/** Parts with one engine per host, and a stack that was deployed through host `a`. */
function parts(engines: Readonly<Record<string, FakeEngine>>) {
  const swarmTexts = new SwarmTextStore(openDatabase(":memory:"));
  swarmTexts.keep({ clusterId: "c1", name: "shop" }, "a", TEXTS);
  return { swarmTexts, feed: { engine: (hostId: string) => engines[hostId] } };
}

Deno.test("a Compose stack cannot have the name of a swarm stack that was deployed through another manager", async () => {
  const it = parts({ a: node("n1", "c1"), b: node("n2", "c1") });
  await assertRejects(
    () => checkSwarmUntaken(NAME, it),
    AppError,
    'the swarm of host "b" has a stack of this name',
  );
  await checkSwarmUntaken({ ...NAME, name: "new" }, it);
});

Deno.test("a Compose stack can have the name of a stack of another swarm", async () => {
  await checkSwarmUntaken(NAME, parts({ a: node("n1", "c1"), b: node("n9", "c9") }));
  await checkSwarmUntaken(NAME, parts({ a: node("n1", "c1"), b: node("n9") }));
});

Deno.test("a Compose stack cannot have the name of a swarm stack that DockStat has not deployed", async () => {
  const manager = node("n2", "c1", [{ ID: "s1" }]);
  await assertRejects(() => checkSwarmUntaken({ ...NAME, name: "other" }, parts({ b: manager })), AppError);
  assertEquals(
    decodeURIComponent(manager.sent.at(-1)!.path),
    '/services?filters={"label":["com.docker.stack.namespace=other"]}',
  );
});

Deno.test("a Compose stack on a worker cannot have the name of a stack of its swarm", async () => {
  await assertRejects(() => checkSwarmUntaken(NAME, parts({ a: node("n1", "c1"), b: node("n2") })), AppError);
});

Deno.test("a host whose engine refuses the question takes any name", async () => {
  const engine = new FakeEngine();
  engine.onCall = () => {
    throw new AppError("engine-refused", "HTTP 403");
  };
  await checkSwarmUntaken(NAME, parts({ b: engine }));
});

Deno.test("hosts are nodes of a swarm by their node ids", async () => {
  const { feed } = parts({ b: node("n2"), other: node("n9"), away: new FakeEngine() });
  assertEquals(await nodesAmong(["b", "other", "away", "gone"], new Set(["n1", "n2"]), feed), ["b"]);
});
