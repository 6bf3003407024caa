import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Intake } from "../../../../src/features/stacks/editor/intake/intake.ts";
import TemplateList from "../../../../src/features/stacks/templates/template_list.tsx";

function open() {
  const page = new TestPage();
  const taken: Intake[] = [];
  const view = page.render(<TemplateList onTake={(intake) => void taken.push(intake)} />);
  return {
    ...{ page, view, taken },
    search: (text: string) => page.user.type(view.getByRole("searchbox", { name: "Search templates" }), text),
    [Symbol.asyncDispose]: () => page[Symbol.asyncDispose](),
  };
}

Deno.test("takes the texts of the chosen template, with a generated password", async () => {
  await using list = open();
  await list.search("redis cache");
  const [row, ...others] = list.view.getAllByRole("button");
  assertEquals(others, []);
  await list.page.user.click(row!);
  const [{ name, compose, env } = { name: "", compose: "" }] = list.taken;
  assertEquals(name, "redis");
  assert(compose.includes("image: redis:"));
  assert(!env?.includes("{{"));
});

Deno.test("names a search without results", async () => {
  await using list = open();
  await list.search("no such thing");
  assert(list.view.getByText("No template matches “no such thing”."));
});
