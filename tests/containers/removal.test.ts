import { previewRemoval } from "../../server/containers/removal.ts";
import type { EngineCall } from "../../server/docker/engine.ts";
import { AppError } from "../../server/errors.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { fakeInspection, NAMELESS } from "../fakes/inspection.ts";

const SIGNAL = new AbortController().signal;

/** Creates an engine that answers what a preview asks; a volume has this number of users. */
function engineWith(users: number): FakeEngine {
  const engine = new FakeEngine();
  engine.onCall = ({ path }: EngineCall) => {
    if (path.startsWith("/containers/json")) return Array.from({ length: users }, () => ({}));
    if (path.startsWith("/system/df")) return { Volumes: [{ Name: NAMELESS, UsageData: { Size: 7 } }] };
    return fakeInspection("web");
  };
  return engine;
}

function preview(engine: FakeEngine, volumes: boolean) {
  return previewRemoval({ hostId: "nas", container: fakeContainer("web"), engine }, volumes, SIGNAL);
}

Deno.test("lists the container alone without volumes, and asks the engine nothing", async () => {
  const engine = engineWith(1);
  assertEquals(await preview(engine, false), {
    containers: ["web"],
    networks: [],
    volumes: [],
    files: { deleted: [], kept: [] },
  });
  assertEquals(engine.sent, []);
});

Deno.test("lists volumes without a name and their size, never named ones", async () => {
  assertEquals((await preview(engineWith(1), true)).volumes, [{ name: NAMELESS, bytes: 7 }]);
});

Deno.test("does not list a volume that another container uses", async () => {
  assertEquals((await preview(engineWith(2), true)).volumes, []);
});

Deno.test("only reads", async () => {
  const engine = engineWith(1);
  await preview(engine, true);
  assert(engine.sent.every(({ method }) => method === "GET"));
});

Deno.test("the size is null where the engine does not measure it", async () => {
  const engine = engineWith(1);
  const answer = engine.onCall;
  engine.onCall = (call, signal) => {
    if (call.path.startsWith("/system/df")) throw new AppError("engine-refused", "forbidden by the proxy");
    return answer(call, signal);
  };
  assertEquals((await preview(engine, true)).volumes, [{ name: NAMELESS, bytes: null }]);
});
