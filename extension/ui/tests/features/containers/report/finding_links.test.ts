import { assertEquals } from "../../../../../../tests/assert.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import { chartHref, containerOf, logHref } from "../../../../src/features/containers/report/finding_links.ts";
import { message } from "../../../fakes/messages.ts";
import { finding } from "./findings.ts";

const ROWS = [
  message({ id: "1".repeat(64), name: "shop-web-2", project: "shop", service: "web" }),
  message({ id: "2".repeat(64), name: "lone", project: null, service: null }),
].map((one) => new ContainerRow(one));

Deno.test("finds the container of a finding by its name", () => {
  assertEquals(containerOf(finding("exit", { name: "lone" }), ROWS)?.id, "2".repeat(64));
});

Deno.test("finds the successor of a removed container by its service", () => {
  assertEquals(containerOf(finding("exit"), ROWS)?.id, "1".repeat(64));
});

for (
  const [text, changes] of [
    ["about a host", { name: null }],
    ["about a container of another host", { hostId: "other", name: "lone" }],
    ["about a container that was removed", { name: "gone", project: null, service: null }],
  ] as const
) {
  Deno.test(`finds no container of a finding ${text}`, () => {
    assertEquals(containerOf(finding("exit", changes), ROWS), undefined);
  });
}

Deno.test("links to the log shortly before the last time", () => {
  const link = `#/containers/Localhost/${"2".repeat(64)}/logs/2026-08-01T02%3A59%3A55.000Z_0`;
  assertEquals(logHref(finding("exit"), ROWS[1]!.newest), link);
});

Deno.test("links to the charts around the whole finding", () => {
  const query = new URLSearchParams(chartHref(finding("exit"), ROWS[1]!.newest).split("?")[1]);
  assertEquals([query.get("from"), query.get("to")], [
    "2026-08-01T01:55:00.000Z",
    "2026-08-01T03:05:00.000Z",
  ]);
});
