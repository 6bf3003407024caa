import { ratesBetween } from "../../../../src/features/containers/model/rates.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

Deno.test("a rate is what came over the time between the engine's own readings", () => {
  const before = message({ networkRxBytes: 100, blockWriteBytes: 0 });
  const after = message({ networkRxBytes: 400, blockWriteBytes: 30, timestamp: at(1.5) });
  const rates = ratesBetween(before, after);
  assertEquals([rates?.networkRx, rates?.blockWrite], [200, 20]);
});

Deno.test("the same reading told again is none", () => {
  assertEquals(ratesBetween(message(), message()), undefined);
});

Deno.test("a total that became smaller has no rate: the container was started again", () => {
  const rates = ratesBetween(
    message({ networkRxBytes: 500 }),
    message({ networkRxBytes: 3, timestamp: at(1) }),
  );
  assertEquals(rates?.networkRx, null);
});

Deno.test("what the engine does not tell has no rate", () => {
  const rates = ratesBetween(message({ blockReadBytes: null }), message({ timestamp: at(1) }));
  assertEquals(rates?.blockRead, null);
});
