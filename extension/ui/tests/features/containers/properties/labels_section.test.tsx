import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { LabelsSection } from "../../../../src/features/containers/properties/labels_section.tsx";

Deno.test("counts the labels, and lists them by name", async () => {
  await using page = new TestPage();
  const view = page.render(<LabelsSection labels={{ "z.last": "1", "a.first": "", "m.x": "<i>" }} />);
  assert(view.getByText("3 labels"));
  assertEquals(view.getAllByRole("term").map(({ textContent }) => textContent), ["a.first", "m.x", "z.last"]);
  assertEquals(view.getAllByRole("definition").map(({ textContent }) => textContent), ["–", "<i>", "1"]);
});

Deno.test("shows nothing without labels", async () => {
  await using page = new TestPage();
  assertEquals(page.render(<LabelsSection labels={{}} />).container.textContent, "");
});
