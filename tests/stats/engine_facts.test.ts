import { engineFacts } from "../../server/stats/engine_facts.ts";
import { assertEquals } from "../assert.ts";
import { FakeEngine } from "../fakes/engine.ts";

Deno.test("an engine that has not answered has no facts", () => {
  const nothing = {
    engine: null,
    apiVersion: null,
    os: null,
    cpus: null,
    memoryBytes: null,
    containers: null,
  };
  assertEquals(engineFacts(undefined, 0), nothing);
});

Deno.test("reports the facts of an engine without the rest", async () => {
  const info = await new FakeEngine().connect(new AbortController().signal);
  const facts = {
    engine: "Fake 1.0",
    apiVersion: "1.51",
    os: "linux",
    cpus: 2,
    memoryBytes: 1024,
    containers: 3,
  };
  assertEquals(engineFacts(info, 3), facts as ReturnType<typeof engineFacts>);
});
