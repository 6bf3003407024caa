import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { StateBadge } from "../../../../src/features/containers/parts/state_badge.tsx";
import { message } from "../../../fakes/messages.ts";

function badge(page: TestPage, changes: Parameters<typeof message>[0]) {
  const { container } = page.render(<StateBadge message={message(changes)} />);
  return container.querySelector<HTMLElement>("span")!;
}

Deno.test("names the state, and has the engine's text as a tooltip", async () => {
  await using page = new TestPage();
  const { textContent, title } = badge(page, { health: "unhealthy", status: "Up 2 hours (unhealthy)" });
  assertEquals([textContent, title], ["unhealthy", "Up 2 hours (unhealthy)"]);
});

Deno.test("a silent host has no data, and the tooltip names the last state", async () => {
  await using page = new TestPage();
  const { textContent, title } = badge(page, { stale: true });
  assertEquals([textContent, title], ["no data", "running; the values of this container cannot be read now"]);
});
