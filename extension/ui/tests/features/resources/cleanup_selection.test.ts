import { assertEquals } from "../../../../../tests/assert.ts";
import {
  chosenOf,
  firstSelection,
  groupsOf,
  toSelection,
  withItems,
} from "../../../src/features/resources/cleanup_selection.ts";
import { pruneItem } from "../../fakes/resources/resources.ts";

const JOB = pruneItem("container", "job", { bytes: 5 });
const NET = pruneItem("network", "old");
const DATA = pruneItem("volume", "data", { bytes: 9 });
const ITEMS = [JOB, NET, DATA];

Deno.test("volumes are never preselected", () => {
  assertEquals(chosenOf(ITEMS, firstSelection(ITEMS)), [JOB, NET]);
});

Deno.test("a request names the volumes, and what stays of the rest", () => {
  const preview = { items: ITEMS, bytes: 14, sizeReason: null, digest: "d" };
  const selected = withItems(withItems(firstSelection(ITEMS), [DATA], true), [NET], false);
  assertEquals(toSelection(preview, selected), { digest: "d", volumes: ["data"], except: ["old"] });
});

Deno.test("a volume and a network of one name are separate items", () => {
  const twins = [pruneItem("network", "shop"), pruneItem("volume", "shop")];
  assertEquals(chosenOf(twins, firstSelection(twins)), [twins[0]!]);
});

Deno.test("groups are in the order of their removal, and networks have no size", () => {
  assertEquals(groupsOf([DATA, NET, JOB]).map(({ kind, bytes }) => [kind, bytes]), [
    ["container", 5],
    ["network", null],
    ["volume", 9],
  ]);
});
