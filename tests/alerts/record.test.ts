import { assertEquals } from "../assert.ts";
import { type AlertRecord, toAlert } from "../../server/alerts/record.ts";

const BEGAN = Date.parse("2026-06-01T12:00:00Z");

function record(changes: Partial<AlertRecord> = {}): AlertRecord {
  return {
    ...{ id: "a1", ruleId: "busy", ruleName: "Busy", kind: "threshold", began: BEGAN, ended: null },
    ...{ hostId: "nas", containerId: "1".repeat(64), name: "web", project: "shop", service: "web" },
    ...{ reason: "CPU is above 80 %", value: 93, limit: 80, unit: "percent", metric: "cpu" },
    ...{ line: null, count: 1, unknown: false, acknowledged: null, silencedUntil: null, sent: null },
    ...changes,
  };
}

Deno.test("an alert names the number of its threshold", () => {
  assertEquals(toAlert(record(), BEGAN).metric, "cpu");
});

Deno.test("an alert that an earlier version has stored has no metric", () => {
  const { metric: _, ...stored } = record();
  assertEquals(toAlert(stored, BEGAN).metric, null);
});

Deno.test("the curve of a container is its history around the start", () => {
  assertEquals(
    toAlert(record(), BEGAN).curve,
    `/history?container=${
      "1".repeat(64)
    }&since=2026-06-01T11:30:00.000Z&until=2026-06-01T12:30:00.000Z&points=200`,
  );
});

Deno.test("an alert about the sum of a stack has no curve, because the history has no sums", () => {
  assertEquals(toAlert(record({ containerId: null, service: null }), BEGAN).curve, null);
});

const HOST = { containerId: null, project: null, service: null, name: "nas 1", hostId: "nas 1" };

Deno.test("an alert about a host links to the host, and its curve is that of the host alone", () => {
  const { page, curve } = toAlert(record(HOST), BEGAN);
  assertEquals([page, curve?.split("&").slice(0, 2)], [
    "#/hosts?q=nas%201",
    ["/history?host=nas%201", "kind=host"],
  ]);
});

Deno.test("an alert about absence links to no host, because its rule may name several", () => {
  assertEquals(toAlert(record({ ...HOST, kind: "absence" }), BEGAN).page, "#/alerts");
});

Deno.test("the memory that corresponds to 100 % is stored with the alert", () => {
  assertEquals(
    toAlert(record({ metric: "memoryBytes", memoryTotalBytes: 4e9 }), BEGAN).memoryTotalBytes,
    4e9,
  );
  assertEquals(toAlert(record(), BEGAN).memoryTotalBytes, null);
});
