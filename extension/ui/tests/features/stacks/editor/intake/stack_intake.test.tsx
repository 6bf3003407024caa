import { TestPage } from "../../../../dom.ts";
import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import { StackIntake } from "../../../../../src/features/stacks/editor/intake/stack_intake.tsx";

async function open() {
  const page = new TestPage();
  const converted: (readonly string[])[] = [];
  const view = page.render(
    <StackIntake isLocked={false} onTake={({ compose, name }) => void converted.push([compose, name])} />,
  );
  await page.user.click(view.getByRole("button", { name: "Convert docker run" }));
  const field = await view.findByRole("textbox", { name: "docker run command" });
  return {
    view,
    converted,
    convert: async (command: string) => {
      await page.user.clear(field);
      await page.user.click(field);
      await page.user.paste(command);
      await page.user.click(view.getByRole("button", { name: "Convert" }));
    },
    [Symbol.asyncDispose]: () => page[Symbol.asyncDispose](),
  };
}

Deno.test("converts a pasted command, and lists what the compose file does not have", async () => {
  await using intake = await open();
  await intake.convert("docker run --rm --name web nginx:1");
  assertEquals(intake.converted, [["services:\n  nginx:\n    image: nginx:1\n", "web"]]);
  assert(intake.view.getByText("--rm has no equivalent in Compose files."));
});

Deno.test("explains why a text is not converted", async () => {
  await using intake = await open();
  await intake.convert("docker run nginx; id");
  assertEquals(intake.converted, []);
  assert(intake.view.getByText(/^Enter one docker run command/));
});
