import { assert, assertEquals } from "../../../../tests/assert.ts";
import { hiddenProjects, withoutHidden } from "../../src/lib/hidden.ts";

const row = (project: string | null, hidden: boolean, hostId = "nas") => ({
  newest: { hostId, project, hidden },
});

Deno.test("leaves out hidden rows", () => {
  assertEquals(withoutHidden([row("a", true), row("b", false)]), [row("b", false)]);
});

Deno.test("returns the same rows when none is hidden", () => {
  const rows = [row("a", false)];
  assert(withoutHidden(rows) === rows);
});

Deno.test("a project is hidden when all of its containers on one host are", () => {
  const rows = [
    ...[row("a", true), row("a", true), row("b", true), row("b", false), row(null, true)],
    ...[row("c", true), row("c", false, "other")],
  ];
  assertEquals([...hiddenProjects(rows)].sort(), ["nas/a", "nas/c"]);
});
