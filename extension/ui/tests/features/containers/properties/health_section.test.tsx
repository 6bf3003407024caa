import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { HealthSection } from "../../../../src/features/containers/properties/health_section.tsx";

const check = (second: number, exitCode: number, output: string | null) => ({
  start: `2026-08-01T12:00:0${second}.000Z`,
  end: null,
  exitCode,
  output,
});

Deno.test("shows the results of the check, the newest first", async () => {
  await using page = new TestPage();
  const log = [check(1, 0, "fine\n"), check(2, 7, "connection refused\n")];
  const view = page.render(<HealthSection health={{ status: "unhealthy", failingStreak: 3, log }} />);
  assert(view.getByText("unhealthy, 3 failed in a row"));
  const items = view.getAllByRole("listitem").map(({ textContent }) => textContent ?? "");
  assertEquals(items.map((text) => text.includes("connection refused")), [true, false]);
  assert(items[0]?.includes("Failed (exit code 7)") && items[1]?.includes("Passed"));
});

Deno.test("shows markup in the output as text, and a result without output", async () => {
  await using page = new TestPage();
  const log = [check(1, 0, null), check(2, 1, "<b>no</b>")];
  const view = page.render(<HealthSection health={{ status: null, failingStreak: 0, log }} />);
  assert(view.getByText("<b>no</b>"));
  assert(view.getByText("Unknown"));
});
