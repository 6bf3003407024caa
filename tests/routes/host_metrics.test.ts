import { prometheusText } from "../../server/http/prometheus_text.ts";
import type { HostReport } from "../../server/protocol/hosts.ts";
import { hostMetrics } from "../../server/routes/host_metrics.ts";
import { assertEquals } from "../assert.ts";

/** Returns the lines of the labels of a host. */
function labelLines(own: HostReport["labels"]): readonly string[] {
  const engine = { engine: null, apiVersion: null, os: null };
  const report = { hostId: "nas", labels: own, state: "up", usage: null, ...engine };
  const text = prometheusText(hostMetrics([report as unknown as HostReport]));
  return text.split("\n").filter((line) => line.startsWith("dockstat_host_labels{"));
}

Deno.test("the labels of a host are labels of a metric", () => {
  assertEquals(labelLines({ site: "home", "rack-no": "2" }), [
    'dockstat_host_labels{host="nas",label_site="home",label_rack_no="2"} 1',
  ]);
});

Deno.test("of names that Prometheus writes alike the first counts", () => {
  assertEquals(labelLines({ "a.b": "1", "a_b": "2" }), ['dockstat_host_labels{host="nas",label_a_b="1"} 1']);
});

Deno.test("values are escaped and cut to 128 bytes", () => {
  assertEquals(labelLines({ note: 'a"\n' + "ü".repeat(100) }), [
    `dockstat_host_labels{host="nas",label_note="a\\"\\n${"ü".repeat(62)}"} 1`,
  ]);
});

Deno.test("a host without labels has no such series", () => {
  assertEquals(labelLines({}), []);
});

Deno.test("texts of an engine are cut to 128 bytes", () => {
  const long = "x".repeat(1000);
  const report = {
    hostId: "nas",
    labels: {},
    state: "up",
    usage: null,
    engine: long,
    apiVersion: long,
    os: long,
  };
  const text = prometheusText(hostMetrics([report as unknown as HostReport]));
  const [line] = text.split("\n").filter((line) => line.startsWith("dockstat_host_info{"));
  const cut = "x".repeat(128);
  assertEquals(line, `dockstat_host_info{host="nas",engine="${cut}",api_version="${cut}",os="${cut}"} 1`);
});
