import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { EmptyState } from "../../src/components/empty_state.tsx";

Deno.test("the title is a heading below the page's heading", async () => {
  await using page = new TestPage();
  const view = page.render(<EmptyState title="Nothing here">Start something.</EmptyState>);
  assertEquals(view.getByRole("heading", { level: 2 }).textContent, "Nothing here");
  assert(view.getByText("Start something."));
});

Deno.test("the title is the page's heading where no other exists", async () => {
  await using page = new TestPage();
  const view = page.render(<EmptyState title="Nothing here" heading="h1" />);
  assertEquals(view.getByRole("heading", { level: 1 }).textContent, "Nothing here");
});
