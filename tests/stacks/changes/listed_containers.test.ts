import type { EngineCall } from "../../../server/docker/engine.ts";
import { listContainers, sharedHashes } from "../../../server/stacks/changes/listed_containers.ts";
import { assertEquals } from "../../assert.ts";
import { FakeEngine } from "../../fakes/engine.ts";

const NEVER = new AbortController().signal;

/** A container as an engine lists it. */
function listed(name: string, labels: Record<string, string>) {
  const own = Object.entries(labels).map(([key, value]) => [`com.docker.compose.${key}`, value]);
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    State: "running",
    ImageID: "i",
    Labels: Object.fromEntries(own),
  };
}

Deno.test("lists the containers of services, without those of compose run and of hooks", async () => {
  const engine = new FakeEngine();
  const calls: EngineCall[] = [];
  engine.onCall = (call) => {
    calls.push(call);
    return [
      listed("shop-web-1", { service: "web", "config-hash": "h" }),
      listed("run", { service: "web", oneoff: "True" }),
      listed("hook", { service: "web", hook: "pre_start" }),
      listed("other", {}),
    ];
  };
  assertEquals(await listContainers(engine, "shop", NEVER), [{
    ...{ id: "id-shop-web-1", service: "web", name: "shop-web-1", state: "running", imageId: "i" },
    configHash: "h",
  }]);
  assertEquals(decodeURIComponent(calls[0]!.path).includes('"com.docker.compose.project=shop"'), true);
});

Deno.test("a service has the label that all of its containers share", () => {
  const container = { id: "", name: "", state: "", imageId: "" };
  const hashes = sharedHashes([
    { ...container, service: "a", configHash: "1" },
    { ...container, service: "a", configHash: "1" },
    { ...container, service: "b", configHash: "1" },
    { ...container, service: "b", configHash: "2" },
    { ...container, service: "c", configHash: null },
  ]);
  assertEquals([...hashes], [["a", "1"]]);
});
