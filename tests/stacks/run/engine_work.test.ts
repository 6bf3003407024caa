import { AppError } from "../../../server/errors.ts";
import { callEngine, resourceStep } from "../../../server/stacks/run/engine_work.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

const CALL = { method: "DELETE", path: "/volumes/data" } as const;

function engine(error: Error) {
  return { call: () => Promise.reject(error) };
}

Deno.test("an engine that cannot be reached is reported without its address", async () => {
  const failure = new AppError("engine-unreachable", "connect ECONNREFUSED 10.0.0.5:2376");
  const { signal } = new AbortController();
  await assertRejects(
    () => callEngine(engine(failure), CALL, signal),
    AppError,
    "Docker daemon not reachable",
  );
});

Deno.test("the engine's refusal keeps its message", async () => {
  const refusal = new AppError("busy", "volume is in use");
  const { signal } = new AbortController();
  await assertRejects(() => callEngine(engine(refusal), CALL, signal), AppError, "volume is in use");
});

Deno.test("a step has the id that Compose would give it", () => {
  const { id, verb, state } = resourceStep("volume", "data", "Removing", "working");
  assertEquals([id, verb, state], ["Volume data", "Removing", "working"]);
});
