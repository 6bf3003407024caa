import { TestPage } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import { Loading } from "../../src/components/loading.tsx";

Deno.test("a short wait shows a progress bar only", async () => {
  await using page = new TestPage();
  const view = page.render(<Loading />);
  assert(view.getByRole("progressbar"));
  assertEquals(view.queryByRole("alert"), null);
});

Deno.test("explains a long wait and offers a reload", async () => {
  await using page = new TestPage();
  const view = page.render(<Loading />);
  const alert = await eventually("the explanation", () => view.queryByRole("alert"));
  assert(alert.querySelector("button"));
  assert(view.getByRole("progressbar"));
});
