import { openSimulatedEngine } from "../../../server/docker/simulated/simulated.ts";
import { AppError } from "../../../server/errors.ts";
import { readListed } from "../../../server/resources/host_resources.ts";
import { Sizes } from "../../../server/resources/sizes.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";

const SIGNAL = new AbortController().signal;

Deno.test("the simulated engine has used and unused images, volumes and networks with sizes", async () => {
  const engine = openSimulatedEngine({ containers: 20, seed: 1 });
  const host = { hostId: "demo", engine };
  await using sizes = new Sizes();
  const measured = await sizes.of("demo", engine, 10_000);
  for (const kind of ["image", "volume", "network"] as const) {
    const items = await readListed(host, kind, SIGNAL, measured);
    assertEquals([...new Set(items.map(({ inUse }) => inUse))].sort(), [false, true], kind);
  }
  const volumes = await readListed(host, "volume", SIGNAL, measured);
  assert(volumes.every(({ sizeBytes }) => sizeBytes !== null));
});

Deno.test("the simulated engine removes nothing", async () => {
  const engine = openSimulatedEngine({ containers: 20, seed: 1 });
  const call = { method: "DELETE", path: "/volumes/backup-2025" } as const;
  await assertRejects(() => engine.call(call, SIGNAL), AppError, "simulated");
});
