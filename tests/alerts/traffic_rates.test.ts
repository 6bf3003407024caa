import { TrafficRates, type TrafficReading } from "../../server/alerts/traffic_rates.ts";
import { assertEquals } from "../assert.ts";

function reading(hostId: string, networkRxBytes: number | null, networkTxBytes = 0): TrafficReading {
  return { hostId, networkRxBytes, networkTxBytes };
}

Deno.test("the traffic of a machine is known from its second reading on", () => {
  const rates = new TrafficRates();
  assertEquals(rates.rateOf(reading("nas", 1000, 500), 0), null);
  assertEquals(rates.rateOf(reading("pi", 9000), 1000), null);
  assertEquals(rates.rateOf(reading("nas", 4000, 1500), 2000), 2000);
});

Deno.test("counters that begin again, unknown ones, and readings far apart give no traffic", () => {
  const rates = new TrafficRates();
  rates.rateOf(reading("nas", 1000), 0);
  assertEquals(rates.rateOf(reading("nas", 5), 1000), null);
  assertEquals(rates.rateOf(reading("nas", null), 2000), null);
  assertEquals(rates.rateOf(reading("nas", 9000), 121_001), null);
});

Deno.test("machines that are no longer measured are forgotten", () => {
  const rates = new TrafficRates();
  for (const host of ["nas", "pi", "vps"]) rates.rateOf(reading(host, 1000), 0);
  assertEquals(rates.size, 3);
  rates.rateOf(reading("nas", 2000), 120_001);
  assertEquals(rates.size, 1);
});
