import { assertEquals } from "../../../../../../tests/assert.ts";
import { addressOf, EMPTY_FORM, newHostOf } from "../../../../src/features/containers/hosts/host_form.ts";
import {
  type HostRow,
  matching,
  parseLabels,
  sumOf,
} from "../../../../src/features/containers/hosts/host_rows.ts";
import { hostFacts } from "../../../../src/features/containers/overview/host_facts.ts";
import { host } from "../../../fakes/messages.ts";

function row(changes: Parameters<typeof host>[0]): HostRow {
  const report = host(changes);
  return { report, facts: hostFacts(report, undefined, undefined) };
}

const ROWS = [
  row({ hostId: "a", labels: { site: "home" } }),
  row({ hostId: "b", labels: { site: "office", rack: "2" } }),
  row({ hostId: "c", state: "down", labels: { site: "home" } }),
];

Deno.test("hosts are filtered by label and search, unreachable ones first", () => {
  const ids = (label: string | null, search: string) =>
    matching(ROWS, label, search).map(({ report }) => report.hostId);
  assertEquals(ids(null, ""), ["c", "a", "b"]);
  assertEquals(ids("site=home", ""), ["c", "a"]);
  assertEquals(ids(null, "OFFICE rack"), ["b"]);
  assertEquals(ids("site=home", "office"), []);
});

Deno.test("the sum leaves out the numbers of unreachable hosts", () => {
  assertEquals(sumOf(ROWS).cores, 8);
});

Deno.test("typed labels are parsed, and other texts are not", () => {
  assertEquals(parseLabels(" site=home, rack = 2 "), { site: "home", rack: "2" });
  assertEquals(parseLabels(""), {});
  assertEquals([parseLabels("home"), parseLabels("=x"), parseLabels("a= ")], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("the request has only what was typed, and PEM texts with tcp only", () => {
  const form = { ...EMPTY_FORM, id: " nas ", url: "tcp://10.0.0.5:2376", ca: "PEM" };
  assertEquals(newHostOf(form), { id: "nas", url: "tcp://10.0.0.5:2376", tls: { ca: "PEM" } });
  assertEquals(addressOf({ ...form, url: "ssh://nas" }), { url: "ssh://nas" });
  assertEquals(newHostOf({ ...form, labels: "home" }), undefined);
});
