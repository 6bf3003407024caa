import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { arrange, type Item } from "../../../../src/features/containers/model/arrange.ts";
import { COLUMNS } from "../../../../src/features/containers/model/columns.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import {
  ContainersTable,
  type ContainersTableProps,
} from "../../../../src/features/containers/list/containers_table.tsx";
import { ContainerTasks } from "../../../../src/features/containers/model/container_tasks.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { page as browser } from "../../../window.ts";
import { host, message } from "../../../fakes/messages.ts";

const { client, transport } = fakeClient();
const tasks = new ContainerTasks(transport, 0);

const ARRANGEMENT = {
  search: "",
  state: "all",
  host: null,
  grouped: true,
  sortBy: COLUMNS.name.sortBy,
  descending: false,
  folded: new Set<string>(),
  now: 0,
} as const;

const SCROLLER = { current: document.body };

function itemsOf(...containers: Parameters<typeof message>[0][]): readonly Item[] {
  const rows = containers.map((changes, index) =>
    new ContainerRow(message({ id: String(index).padStart(64, "0"), ...changes }))
  );
  return arrange(rows, ARRANGEMENT);
}

function open(page: TestPage, props: Partial<ContainersTableProps>) {
  const calls: string[] = [];
  const view = page.render(
    <ContainersTable
      items={[]}
      tasks={tasks}
      columns={["name", "cpu"]}
      scale="core"
      compact={false}
      scroller={SCROLLER}
      inUse={{ current: false }}
      hosts={new Map([["Localhost", host({ cpus: 4 })]])}
      order={{ column: "cpu", descending: true }}
      onOrder={(column) => calls.push(`order ${column}`)}
      onFold={(group) => calls.push(`fold ${group.trim()}`)}
      {...props}
    />,
  );
  return { view, calls };
}

Deno.test("shows each project as a heading above its containers", async () => {
  await using page = new TestPage(client);
  const items = itemsOf({ name: "web", project: "shop" }, { name: "db", project: "shop" }, { name: "lone" });
  const { view } = open(page, { items });
  const rows = view.getAllByRole("row").slice(1).map((row) =>
    row.querySelector("a.cover")?.textContent ?? within(row).getByRole("button").textContent
  );
  assertEquals(rows.length, 4);
  assert(rows[0]?.includes("shop"));
  assertEquals(rows.slice(1), ["db", "web", "lone"]);
});

Deno.test("exposes the number of rows and their positions", async () => {
  await using page = new TestPage(client);
  const { view } = open(page, { items: itemsOf({ name: "a" }, { name: "b" }) });
  assertEquals(view.getByRole("table").getAttribute("aria-rowcount"), "4");
  assertEquals(view.getAllByRole("row").map((row) => row.getAttribute("aria-rowindex")), [
    "1",
    "2",
    "3",
    "4",
  ]);
});

Deno.test("renders only the visible ones of a thousand containers", async () => {
  await using page = new TestPage(client);
  const names = Array.from({ length: 1000 }, (_, index) => ({ name: `c${index}` }));
  const { view } = open(page, { items: itemsOf(...names) });
  const rows = view.getAllByRole("row").length;
  assert(rows > 10 && rows < 100, String(rows));
  assertEquals(view.getByRole("table").getAttribute("aria-rowcount"), "1002");
});

Deno.test("exposes the sort direction of the column", async () => {
  await using page = new TestPage(client);
  const { view } = open(page, {});
  const sorts = () => view.getAllByRole("columnheader").map((header) => header.getAttribute("aria-sort"));
  assertEquals(sorts(), ["none", "descending", null]);
});

Deno.test("a click on a heading sorts by its column", async () => {
  await using page = new TestPage(client);
  const { view, calls } = open(page, {});
  for (const button of within(view.getAllByRole("row")[0]!).getAllByRole("button")) {
    await page.user.click(button);
  }
  assertEquals(calls, ["order name", "order cpu"]);
});

Deno.test("a click on a project collapses it", async () => {
  await using page = new TestPage(client);
  const { view, calls } = open(page, { items: itemsOf({ project: "shop" }, { project: "shop" }) });
  await page.user.click(within(view.getAllByRole("row")[1]!).getByRole("button"));
  assertEquals(calls.map((call) => call.split("\n")[0]), ["fold shop"]);
});

Deno.test("shows CPU as a share of the host when chosen", async () => {
  await using page = new TestPage(client);
  const items = itemsOf({ cpuUsage: 200 });
  const { view } = open(page, { items, scale: "host" });
  assert(view.getByText("50.0 %"));
});

Deno.test("reuses a container's row when its position changes", async () => {
  await using page = new TestPage(client);
  const items = itemsOf({ name: "a" }, { name: "b" });
  const { view } = open(page, { items });
  const row = view.getByText("b").closest("[role=row]");
  const turned = [items[0]!, items[2]!, items[1]!];
  view.rerender(
    <ContainersTable
      items={turned}
      tasks={tasks}
      columns={["name", "cpu"]}
      scale="core"
      compact={false}
      scroller={SCROLLER}
      inUse={{ current: false }}
      hosts={undefined}
      order={{ column: "name", descending: true }}
      onOrder={() => {}}
      onFold={() => {}}
    />,
  );
  assertEquals(view.getByText("b").closest("[role=row]") === row, true);
});

Deno.test("a phone shows name, state, CPU and memory, whatever columns were chosen", async () => {
  await using page = new TestPage(client);
  browser.happyDOM.setViewport({ width: 390, height: 844 });
  try {
    const { view } = open(page, { items: itemsOf({ name: "web" }), columns: ["name", "image", "status"] });
    const heads = view.getAllByRole("columnheader").map(({ textContent }) => textContent);
    assertEquals(heads, ["Name", "CPU ↓", "Memory", "Actions"]);
    const name = within(view.getAllByRole("row")[1]!).getAllByRole("cell")[0]!;
    assert(name.textContent?.includes("running") && name.textContent.includes("nginx:1.29"));
  } finally {
    browser.happyDOM.setViewport({ width: 1024, height: 768 });
  }
});

Deno.test("shows no share of memory for a container without a limit", async () => {
  await using page = new TestPage(client);
  const hosts = new Map([["Localhost", host({ memoryBytes: 1000 })]]);
  const items = itemsOf({ memoryBytes: 100, memoryLimitBytes: 1000 }, {
    memoryBytes: 50,
    memoryLimitBytes: 500,
  });
  const { view } = open(page, { items, hosts, columns: ["name", "memory"] });
  const rows = view.getAllByRole("row").slice(2);
  const cells = rows.map((row) => within(row).getAllByRole("cell")[1]!.textContent);
  assertEquals(cells, ["100 B", "50 Bof 500 B"]);
});

Deno.test("a narrow window leaves out the columns that the page of a container has", async () => {
  await using page = new TestPage(client);
  const columns = ["name", "image", "cpu", "memory", "network", "block", "pids", "status"] as const;
  browser.happyDOM.setViewport({ width: 1024, height: 700 });
  const { view } = open(page, { columns });
  const heads = view.getAllByRole("columnheader").map(({ textContent }) => textContent);
  assertEquals(heads, ["Name", "Image", "CPU ↓", "Memory", "Network", "Status", "Actions"]);
});

Deno.test("notes that the pointer or the focus is in a row", async () => {
  await using page = new TestPage(client);
  const inUse = { current: false };
  const { view } = open(page, { items: itemsOf({ name: "web" }), inUse });
  const seen: boolean[] = [];
  await page.user.hover(view.getByText("web"));
  seen.push(inUse.current);
  await page.user.unhover(view.getByText("web"));
  seen.push(inUse.current);
  await page.act(() => view.getByRole("link", { name: "web" }).focus());
  seen.push(inUse.current);
  assertEquals(seen, [true, false, true]);
});
