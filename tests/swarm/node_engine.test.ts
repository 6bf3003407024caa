import { AppError } from "../../server/errors.ts";
import { NodeEngine } from "../../server/swarm/node_engine.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { FakeEngine } from "../fakes/engine.ts";

const SIGNAL = new AbortController().signal;

function node(found: unknown, viewOnly = true) {
  const inner = new FakeEngine();
  inner.onCall = ({ path }) => path === "/info" ? { Swarm: found } : [];
  return { inner, engine: new NodeEngine(inner, { id: "n1", viewOnly }) };
}

Deno.test("an engine that has become another node is not read", async () => {
  for (
    const found of [{ NodeID: "n2", LocalNodeState: "active" }, { NodeID: "n1", LocalNodeState: "left" }, 5]
  ) {
    const { engine } = node(found);
    await assertRejects(() => engine.connect(SIGNAL), AppError, "is not node n1");
  }
});

Deno.test("the node itself is read", async () => {
  const { engine } = node({ NodeID: "n1", LocalNodeState: "active" });
  await engine.connect(SIGNAL);
  assertEquals(await engine.list(SIGNAL), []);
  await engine[Symbol.asyncDispose]();
});

Deno.test("a view-only node refuses changes and programs, and nothing is sent to it", async () => {
  const { engine, inner } = node({});
  for (const method of ["POST", "DELETE"] as const) {
    await assertRejects(
      () => engine.call({ method, path: "/containers/x/start" }, SIGNAL),
      AppError,
      "view only",
    );
  }
  await assertRejects(
    () => engine.attach({ method: "POST", path: "/exec/x/start" }, SIGNAL),
    AppError,
    "view only",
  );
  assertEquals(inner.sent, []);
});

Deno.test("a node with verified TLS takes changes", async () => {
  const { engine, inner } = node({}, false);
  await engine.call({ method: "POST", path: "/containers/x/start" }, SIGNAL);
  assertEquals(inner.sent.length, 1);
});
