import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { COLUMN_IDS, type ColumnId } from "../../../../src/features/containers/model/column_ids.ts";
import { ContainerLine } from "../../../../src/features/containers/list/container_line.tsx";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import { ContainerTasks } from "../../../../src/features/containers/model/container_tasks.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { at, message, operation } from "../../../fakes/messages.ts";

const { client, transport } = fakeClient();
const tasks = new ContainerTasks(transport, 0);

function lineOf(
  page: TestPage,
  row: ContainerRow,
  columns: readonly ColumnId[] = COLUMN_IDS,
  { cores = 1, memoryLimited = true, narrow = false } = {},
) {
  const line = (shown = columns) => (
    <ContainerLine
      row={row}
      single={false}
      version={row.version}
      columns={shown}
      cores={cores}
      memoryLimited={memoryLimited}
      tasks={tasks}
      narrow={narrow}
      position={5}
    />
  );
  const view = page.render(line());
  const cells = view.getAllByRole("cell");
  const cell = (id: ColumnId) => cells[columns.indexOf(id)]!;
  return { ...view, line, cells, cell };
}

Deno.test("a line has a cell for each column, in their order", async () => {
  await using page = new TestPage(client);
  const { getByRole, cells, cell } = lineOf(page, new ContainerRow(message()), ["name", "status"]);
  assertEquals([cells.length, cell("name").textContent, cell("status").textContent], [
    3,
    "web",
    "2 hours",
  ]);
  assertEquals(getByRole("row").getAttribute("aria-rowindex"), "5");
});

Deno.test("the name links to the container on its host", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message({ hostId: "my/host" }));
  const link = lineOf(page, row).getByRole("link", { name: "web" });
  assertEquals(link.getAttribute("href"), `#/containers/my%2Fhost/${"0".repeat(64)}`);
});

Deno.test("CPU is shown against the cores that count as 100 %", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message({ cpuUsage: 200 }));
  assertEquals(lineOf(page, row, ["cpu"], { cores: 4 }).cell("cpu").textContent, "50.0 %");
});

Deno.test("shows rates after two readings", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message());
  row.update(message({ timestamp: at(1), networkRxBytes: 2048, networkTxBytes: 10 }));
  const { textContent } = lineOf(page, row).cell("network");
  assert(textContent?.includes("2.00 KiB/s") && textContent.includes("10 B/s"), textContent ?? "");
});

Deno.test("shows a quiet dash with the reason for a stopped container", async () => {
  await using page = new TestPage(client);
  const status = "Exited (3) 2 minutes ago";
  const { cell } = lineOf(page, new ContainerRow(message({ state: "exited", status })));
  for (const id of ["cpu", "memory", "network", "block", "pids"] as const) {
    const missing = cell(id).querySelector<HTMLElement>(".quiet")?.textContent;
    assert(missing?.startsWith("–") && missing.includes("exited"), id);
  }
  assertEquals(cell("status").textContent, "exit 32 min ago");
});

Deno.test("a zero is quiet", async () => {
  await using page = new TestPage(client);
  const { cell } = lineOf(page, new ContainerRow(message({ cpuUsage: 0, pids: 0 })));
  for (const id of ["cpu", "pids"] as const) assertEquals(cell(id).querySelector(".quiet")?.textContent, "0");
});

Deno.test("a bar shows memory only where there is a limit", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message());
  const bars = (memoryLimited: boolean) => {
    const { container } = lineOf(page, row, ["memory"], { memoryLimited });
    return container.querySelectorAll(".bar").length;
  };
  assertEquals([bars(true), bars(false)], [1, 0]);
});

Deno.test("the state has a name besides its mark", async () => {
  await using page = new TestPage(client);
  const { getByRole, cell } = lineOf(page, new ContainerRow(message({ health: "unhealthy" })));
  assert(getByRole("img", { name: "unhealthy" }));
  assert(cell("status").textContent?.includes("unhealthy"));
});

Deno.test("an image's folder is truncated before its name", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message({ image: "ghcr.io/acme/web:1.2" }));
  const image = lineOf(page, row).cell("image").querySelector<HTMLElement>(".image")!;
  assertEquals([...image.children].map(({ textContent }) => textContent), ["ghcr.io/acme/", "web:1.2"]);
});

Deno.test("the line of a silent host is marked", async () => {
  await using page = new TestPage(client);
  const { getByRole } = lineOf(page, new ContainerRow(message({ stale: true })));
  assert(getByRole("row").classList.contains("stale"));
});

Deno.test("shows markup and names such as __proto__ as text", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message({ name: "<b>x</b>", image: "__proto__", health: "constructor" }));
  const { cell, container } = lineOf(page, row);
  assertEquals(["name", "image", "status"].map((id) => cell(id as ColumnId).textContent), [
    "<b>x</b>",
    "__proto__",
    "constructor2 h",
  ]);
  assertEquals(container.querySelector("b"), null);
});

Deno.test("a line changes with the version of its row", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message());
  const { rerender, line, cell } = lineOf(page, row, ["pids"]);
  row.update(message({ timestamp: at(1), pids: 77 }));
  rerender(line());
  assertEquals(cell("pids").textContent, "77");
});

Deno.test("a line starts and stops its container", async () => {
  await using page = new TestPage(client);
  const stop = `POST /containers/Localhost/${"0".repeat(64)}/stop`;
  transport.answers[stop] = { stack_id: null, operation_id: 3 };
  transport.answers["/operations/3"] = { ...operation(), messages: ["Stopped"] };
  const { getByRole } = lineOf(page, new ContainerRow(message()));
  await page.user.click(getByRole("button", { name: "Stop web" }));
  assert(transport.asked.includes(stop));
});

Deno.test("on a phone all operations are in the menu", async () => {
  await using page = new TestPage(client);
  const { getByRole, findAllByRole, queryByRole } = lineOf(page, new ContainerRow(message()), ["name"], {
    narrow: true,
  });
  assertEquals(queryByRole("button", { name: "Stop web" }), null);
  await page.user.click(getByRole("button", { name: "More actions for web" }));
  const entries = (await findAllByRole("menuitem")).map(({ firstChild }) =>
    firstChild?.firstChild?.textContent
  );
  assertEquals(entries, ["Stop", "Restart", "Pause", "Kill", "Remove…"]);
});

Deno.test("the CPU usage leads to the charts, for the pointer only", async () => {
  await using page = new TestPage(client);
  const link = lineOf(page, new ContainerRow(message())).cell("cpu").querySelector("a")!;
  const { hash, tabIndex } = link;
  assertEquals([hash, tabIndex], [`#/containers/Localhost/${"0".repeat(64)}/stats`, -1]);
});
