import { assertEquals } from "../../../../../tests/assert.ts";
import { NEW_RULE, type RuleForm } from "../../../src/features/alerts/model/rule_form.ts";
import { Condition } from "../../../src/features/alerts/rules/condition.tsx";
import { TestPage } from "../../dom.ts";

for (
  const [from, to, expected] of [
    ["cpu", "Memory (bytes)", { metric: "memoryBytes", above: "512 MiB" }],
    ["network", "CPU (percent of a core)", { metric: "cpu", above: "80" }],
    ["cpu", "Memory (percent of the limit)", { metric: "memory" }],
  ] as const
) {
  Deno.test(`a change from ${from} to ${to} keeps a limit of the same unit only`, async () => {
    await using page = new TestPage();
    const changes: Partial<RuleForm>[] = [];
    const view = page.render(
      <Condition form={{ ...NEW_RULE, metric: from }} set={(change) => changes.push(change)} />,
    );
    await page.user.click(view.getByRole("combobox", { name: "Number" }));
    await page.user.click(view.getByRole("option", { name: to }));
    assertEquals(changes, [expected]);
  });
}
