import { within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { openContents } from "../../../fakes/contents_page.tsx";

Deno.test("shows the logs of the stack's project below its tabs", async () => {
  await using logs = await openContents(["logs"], {});
  const tabs = within(logs.view.getByRole("navigation", { name: "Pages of shop" }));
  assertEquals(tabs.getByRole("tab", { selected: true }).textContent, "Logs");
  assert(logs.view.container.textContent?.endsWith("/shop"));
});
