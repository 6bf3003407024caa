import { ratesBetween } from "../../../../src/features/containers/model/rates.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

Deno.test("divides the difference by the time between the engine's readings", () => {
  const before = message({ networkRxBytes: 100, blockWriteBytes: 0 });
  const after = message({ networkRxBytes: 400, blockWriteBytes: 30, timestamp: at(1.5) });
  const rates = ratesBetween(before, after);
  assertEquals([rates?.networkRx, rates?.blockWrite], [200, 20]);
});

Deno.test("a repeated reading has no rates", () => {
  assertEquals(ratesBetween(message(), message()), undefined);
});

Deno.test("a decreased total has no rate, because the container was restarted", () => {
  const rates = ratesBetween(
    message({ networkRxBytes: 500 }),
    message({ networkRxBytes: 3, timestamp: at(1) }),
  );
  assertEquals(rates?.networkRx, null);
});

Deno.test("a total that the engine does not report has no rate", () => {
  const rates = ratesBetween(message({ blockReadBytes: null }), message({ timestamp: at(1) }));
  assertEquals(rates?.blockRead, null);
});
