import { renderChanges } from "../../../server/cli/stacks/changes.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("lists each service with its change and the reasons", () => {
  assertEquals(
    renderChanges([
      { service: "db", action: "unchanged", reasons: [], containers: ["shop-db-1"] },
      {
        service: "web",
        action: "recreate",
        reasons: ["image", "environment (A)"],
        containers: ["shop-web-1"],
      },
      { service: "x", action: "unknown", reasons: ["cannot tell: depends_on changed"], containers: [] },
    ]),
    [
      "SERVICE   DEPLOYMENT    REASON",
      "db        unchanged",
      "web       recreate      image; environment (A)",
      "x         cannot tell   depends_on changed",
    ],
  );
});
