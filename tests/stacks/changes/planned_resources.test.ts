import { listedResources, plannedResources } from "../../../server/stacks/changes/planned_resources.ts";
import { assertEquals } from "../../assert.ts";

const LABELS = { "com.docker.compose.project": "shop" };
const FOUND = listedResources([
  { Name: "shop_data", Labels: LABELS },
  { Name: "shop_old", Labels: LABELS },
  { Name: "other_x", Labels: { "com.docker.compose.project": "other" } },
  { Name: "shared" },
  { Labels: LABELS },
]);

/** Returns the changes as texts, such as "shop_data: keep". */
function changes(wanted: Readonly<Record<string, unknown>>, doubts: readonly [string, string][] = []) {
  return plannedResources({ project: "shop", wanted, found: FOUND, doubts: new Map(doubts) })
    .map(({ name, action, reason }) => `${name}: ${action}${reason === null ? "" : ` (${reason})`}`);
}

Deno.test("lists what is created, what stays, and what is no longer named", () => {
  assertEquals(changes({ data: { name: "shop_data" }, more: {} }), [
    "shop_data: keep",
    "shop_more: create",
    "shop_old: unused (deployments do not delete it)",
  ]);
});

Deno.test("finds out whether an external resource exists", () => {
  const wanted = { a: { name: "shared", external: true }, b: { name: "gone", external: true } };
  assertEquals(changes(wanted).slice(0, 2), [
    "gone: missing (it is external, and the host does not have it)",
    "shared: keep",
  ]);
});

Deno.test("reports what it cannot know, but not for an external resource", () => {
  const wanted = { data: { name: "shop_data" }, shared: { name: "shared", external: true } };
  assertEquals(changes(wanted, [["data", "its settings changed"], ["shared", "unknown"]]).slice(0, 2), [
    "shared: keep",
    "shop_data: unknown (cannot tell: its settings changed)",
  ]);
});

// The labels that Compose 2.40.3 gave two networks.
const HASHES = {
  back: "63e51b31dad4d3575948714ae96d57fd90504c9f467c22220bd143fbd3938029",
  wide: "ad25a3767db10315e395bd36824f229dffd0ed6ffc73517a1a6ebcaca56c32a1",
} as const;

const wide = (cost: string) => ({ ipam: {}, internal: true, labels: { cost } });

for (
  const [what, key, settings, expected] of [
    ["proves that a network without settings stays", "back", { ipam: {} }, "keep"],
    ["proves that a network with special characters stays", "wide", wide("a<b&$$c"), "keep"],
    ["proves nothing about other settings", "wide", wide("a<b&$$d"), "unknown"],
  ] as const
) {
  Deno.test(`the digest of Compose on a network ${what}`, () => {
    const name = `legacyx_${key}`;
    const labels = {
      "com.docker.compose.project": "legacyx",
      "com.docker.compose.config-hash": HASHES[key],
    };
    const [planned] = plannedResources({
      project: "legacyx",
      wanted: { [key]: { name, ...settings } },
      found: listedResources([{ Name: name, Labels: labels }]),
      doubts: new Map([[key, "its settings at the last deployment are not known"]]),
    });
    assertEquals(planned?.action, expected);
  });
}
