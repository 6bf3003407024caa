import { assertEquals } from "../../../../../../tests/assert.ts";
import { labelsOf, withLabel } from "../../../../src/features/containers/overview/host_labels.ts";
import { host } from "../../../fakes/messages.ts";

const HOSTS = new Map(
  [
    host({ hostId: "a", labels: { site: "home" } }),
    host({ hostId: "b", labels: { site: "office", rack: "2" } }),
    host({ hostId: "c", labels: { site: "home" } }),
  ].map((report) => [report.hostId, report]),
);

Deno.test("labels of all hosts are listed once, sorted", () => {
  assertEquals(labelsOf(HOSTS.values()), ["rack=2", "site=home", "site=office"]);
});

Deno.test("hosts with a label are found", () => {
  assertEquals([...withLabel(HOSTS, "site=home").keys()], ["a", "c"]);
});

Deno.test("without a label, and with one that no host has, all hosts stay", () => {
  assertEquals([withLabel(HOSTS, null), withLabel(HOSTS, "site=moon")], [HOSTS, HOSTS]);
});
