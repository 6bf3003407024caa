import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { COLUMN_IDS } from "../../../../src/features/containers/model/column_ids.ts";
import { NO_RATES } from "../../../../src/features/containers/model/rates.ts";
import { TOTALS } from "../../../fakes/host_usage.ts";
import { GroupLine, type GroupLineProps } from "../../../../src/features/containers/list/group_line.tsx";

function lineOf(
  page: TestPage,
  group: Partial<GroupLineProps["group"]> = {},
  props: Partial<GroupLineProps> = {},
) {
  let folds = 0;
  const whole = {
    kind: "group",
    key: "shop",
    project: "shop",
    hostId: "nas",
    totals: TOTALS,
    folded: false,
  } as const;
  const view = page.render(
    <GroupLine
      group={{ ...whole, ...group }}
      position={2}
      columns={COLUMN_IDS}
      severalHosts={false}
      cores={1}
      onFold={() => folds++}
      {...props}
    />,
  );
  const text = view.container.textContent ?? "";
  return { view, text, button: within(view.container).getByRole("button"), folds: () => folds };
}

Deno.test("a heading names its project and sums up its containers", async () => {
  await using page = new TestPage();
  const { text, button } = lineOf(page);
  assert(button.textContent?.includes("shop"));
  for (const part of ["2 of 3", "50.0 %", "2.00 KiB"]) assert(text.includes(part), text);
});

Deno.test("does not name a single host", async () => {
  await using page = new TestPage();
  assert(!lineOf(page).text.includes("nas"));
});

Deno.test("names the host when there are several", async () => {
  await using page = new TestPage();
  assert(lineOf(page, {}, { severalHosts: true }).text.includes("nas"));
});

Deno.test("counts paused and restarting containers, which are among the running ones in the filter", async () => {
  await using page = new TestPage();
  const { text } = lineOf(page, { totals: { ...TOTALS, containers: 6, paused: 1, restarting: 2 } });
  assert(text.includes("2 of 6 running, 1 paused, 2 restarting"), text);
});

Deno.test("CPU is shown against the cores of the host", async () => {
  await using page = new TestPage();
  assert(lineOf(page, {}, { cores: 4 }).text.includes("12.5 %"));
});

Deno.test("CPU is n/a when the number of cores is unknown", async () => {
  await using page = new TestPage();
  assert(lineOf(page, {}, { cores: null }).text.includes("n/a"));
});

Deno.test("shows no totals for a silent host", async () => {
  await using page = new TestPage();
  const { text } = lineOf(page, { totals: { ...TOTALS, running: 0, silent: 3 } });
  assert(!text.includes("%") && !text.includes("KiB"), text);
});

Deno.test("containers without a project have a heading", async () => {
  await using page = new TestPage();
  const { button } = lineOf(page, { project: null });
  assert((button.textContent ?? "").replace(/\W/g, "").length > 0);
});

Deno.test("a click collapses the group and is exposed to screen readers", async () => {
  await using page = new TestPage();
  const { button, folds } = lineOf(page, { folded: true });
  assertEquals(button.getAttribute("aria-expanded"), "false");
  await page.user.click(button);
  assertEquals(folds(), 1);
});

Deno.test("the sums are in the columns of their parts", async () => {
  await using page = new TestPage();
  const rates = { ...NO_RATES, networkRx: 1024, networkTx: 0 };
  const { view } = lineOf(page, { totals: { ...TOTALS, rates } }, { columns: ["name", "network", "cpu"] });
  const [, network, cpu] = view.getAllByRole("cell").map(({ textContent }) => textContent);
  assert(network?.includes("1.00 KiB/s"), network ?? "");
  assertEquals(cpu, "50.0 %");
});

Deno.test("a heading links to its logs and its stack; other containers have neither", async () => {
  await using page = new TestPage();
  const links = lineOf(page).view.getAllByRole("link").map((link) => [
    link.getAttribute("aria-label"),
    link.getAttribute("href"),
  ]);
  assertEquals(links, [
    ["Logs of shop", "#/logs/project/shop/nas"],
    ["Stack shop", "#/stacks/project/nas/shop"],
  ]);
  assertEquals(within(lineOf(page, { project: null }).view.container).queryByRole("link"), null);
});
