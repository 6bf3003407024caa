import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { StateBadge } from "../../../../src/features/containers/parts/state_badge.tsx";
import { message } from "../../../fakes/messages.ts";

function badge(page: TestPage, changes: Parameters<typeof message>[0]) {
  const { container } = page.render(<StateBadge message={message(changes)} />);
  const span = container.querySelector<HTMLElement>(".state")!;
  return {
    tone: span.className.split(" ")[1],
    text: span.textContent,
    title: span.title,
    icon: span.querySelector("path"),
  };
}

for (
  const [changes, text, tone] of [
    [{}, "running", "good"],
    [{ health: "healthy" }, "healthy", "good"],
    [{ health: "starting" }, "starting", "careful"],
    [{ health: "unhealthy" }, "unhealthy", "bad"],
    [{ state: "paused", health: "healthy" }, "paused", "careful"],
    [{ state: "restarting" }, "restarting", "careful"],
    [{ state: "dead" }, "dead", "bad"],
    [{ state: "exited", health: "unhealthy" }, "exited", "quiet"],
    [{ state: "created" }, "created", "quiet"],
  ] as const
) {
  Deno.test(`${JSON.stringify(changes)} is the word "${text}" in a ${tone} tone, with an icon`, async () => {
    await using page = new TestPage();
    const shown = badge(page, changes);
    assertEquals([shown.text, shown.tone], [text, tone]);
    assert(shown.icon);
  });
}

for (const health of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
  Deno.test(`the health "${health}" is shown as it is, in a quiet tone`, async () => {
    await using page = new TestPage();
    const shown = badge(page, { health });
    assertEquals([shown.text, shown.tone], [health, "quiet"]);
    assert(shown.icon);
  });
}

Deno.test("shows the state of a silent host as stale", async () => {
  await using page = new TestPage();
  const shown = badge(page, { stale: true });
  assertEquals(shown.tone, "quiet");
  assert(shown.text !== "running" && shown.text?.startsWith("running"), shown.text ?? "");
});

Deno.test("the tooltip contains state and health", async () => {
  await using page = new TestPage();
  const { title } = badge(page, { health: "unhealthy" });
  assert(title.includes("running") && title.includes("unhealthy"), title);
});
