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
