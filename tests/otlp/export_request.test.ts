import { counter, gauge, labels, type Metric, parseLabels } from "../../server/http/prometheus_text.ts";
import { exportRequests } from "../../server/otlp/export_request.ts";
import { assert, assertEquals } from "../assert.ts";
import fc from "fast-check";

const AT_MS = 1_700_000_000_123;

// deno-lint-ignore no-explicit-any -- the tests check individual keys
function requestsOf(metrics: readonly Metric[], mostPoints = 100): any[] {
  return [...exportRequests(metrics, { atMs: AT_MS, instance: "one", mostPoints })].map((text) =>
    JSON.parse(text)
  );
}

Deno.test("a gauge has points with attributes, a time and a value", () => {
  const [request] = requestsOf([gauge("load", "Load.", [[labels({ host: "a", project: "" }), 0.5]])]);
  const [{ scope, metrics }] = request.resourceMetrics[0].scopeMetrics;
  assertEquals(scope.name, "dockstat");
  assertEquals(metrics, [{
    name: "load",
    description: "Load.",
    gauge: {
      dataPoints: [{
        attributes: [{ key: "host", value: { stringValue: "a" } }],
        timeUnixNano: "1700000000123000000",
        asDouble: 0.5,
      }],
    },
  }]);
});

Deno.test("a counter is a cumulative, monotonic sum", () => {
  const [request] = requestsOf([counter("seconds_total", "Time.", [["", 3]])]);
  const { sum } = request.resourceMetrics[0].scopeMetrics[0].metrics[0];
  assertEquals([sum.aggregationTemporality, sum.isMonotonic], [2, true]);
  assertEquals([sum.dataPoints[0].asDouble, sum.dataPoints[0].attributes], [3, []]);
});

Deno.test("bytes are whole numbers as decimal texts", () => {
  const [request] = requestsOf([gauge("used_bytes", "Use.", [["", 4_503_599_627_370_497], ["", 0.5]])]);
  const [whole, part] = request.resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints;
  assertEquals([whole.asInt, whole.asDouble, part.asDouble], ["4503599627370497", undefined, 0.5]);
});

Deno.test("the resource names the service, its version and its instance", () => {
  const [request] = requestsOf([gauge("a", "A.", [["", 1]])]);
  const keys = request.resourceMetrics[0].resource.attributes.map(({ key }: { key: string }) => key);
  assertEquals(keys, ["service.name", "service.version", "service.instance.id"]);
});

Deno.test("values that are not finite are left out, and nothing without values is sent", () => {
  assertEquals(requestsOf([gauge("a", "A.", [["", NaN], ["", Infinity]]), gauge("b", "B.", [])]), []);
});

Deno.test("divides many values into requests of a bounded size, in order and without loss", () => {
  const metric = (name: string, count: number) =>
    gauge(name, "N.", Array.from({ length: count }, (_, index) => ["", index] as const));
  const requests = requestsOf([metric("a", 5), metric("b", 2), metric("c", 4)], 3);
  const points = requests.map((request) =>
    request.resourceMetrics[0].scopeMetrics[0].metrics.flatMap((
      { name, gauge }: { name: string; gauge: { dataPoints: { asDouble: number }[] } },
    ) => gauge.dataPoints.map(({ asDouble }) => `${name}${asDouble}`))
  );
  assertEquals(points, [["a0", "a1", "a2"], ["a3", "a4", "b0"], ["b1", "c0", "c1"], ["c2", "c3"]]);
});

Deno.test("labels survive their text, also hostile ones", () => {
  const key = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((name) => name !== "__proto__");
  const hostile = fc.array(fc.constantFrom("\\", '"', "\n", "n", "{", "}", ",", "=", "\u{1f600}", "\r"));
  const value = fc.oneof(fc.string(), hostile.map((parts) => parts.join("")));
  fc.assert(fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (values) => {
    assertEquals(parseLabels(labels(values)), values);
  }));
});

Deno.test("a long label of escapes is parsed in linear time", () => {
  const value = '\\"'.repeat(50_000);
  assert(parseLabels(labels({ a: value }))["a"] === value);
});
