import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { AttentionItem } from "../../../../src/features/containers/attention/attention.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import { ContainerTasks } from "../../../../src/features/containers/model/container_tasks.ts";
import { AttentionPanel } from "../../../../src/features/containers/overview/attention_panel.tsx";
import { fakeClient } from "../../../fakes/client.ts";
import { details } from "../../../fakes/details.ts";
import { message } from "../../../fakes/messages.ts";

const { client, transport } = fakeClient();
const tasks = new ContainerTasks(transport, 0);

function item(index: number): AttentionItem {
  const row = new ContainerRow(message({ id: `${index}`.padEnd(64, "a"), name: `c${index}` }));
  const text = { name: `c${index}`, problem: "unhealthy", detail: "since 12:00:00" };
  return { key: row.key, tone: "bad", hostId: "Localhost", row, ...text };
}

function open(page: TestPage, count: number, narrow = false) {
  const items = Array.from({ length: count }, (_, index) => item(index));
  const view = page.render(<AttentionPanel items={items} tasks={tasks} narrow={narrow} />);
  const names = () => view.container.querySelectorAll(".problem").length;
  return { view, names };
}

Deno.test("renders nothing when all is well", async () => {
  await using page = new TestPage(client);
  assertEquals(open(page, 0).view.container.textContent, "");
});

Deno.test("links to the container and to its logs", async () => {
  await using page = new TestPage(client);
  const { view } = open(page, 1);
  const href = (name: string) => view.getByRole("link", { name }).getAttribute("href");
  const id = "0".padEnd(64, "a");
  assertEquals([href("c0"), href("Logs of c0")], [
    `#/containers/Localhost/${id}`,
    `#/containers/Localhost/${id}/logs`,
  ]);
});

for (const [narrow, count, shown] of [[false, 7, 5], [true, 4, 2], [true, 3, 3], [false, 6, 6]] as const) {
  Deno.test(`shows ${shown} of ${count} problems at first${narrow ? " on a phone" : ""}, and unfolds the rest`, async () => {
    await using page = new TestPage(client);
    const { view, names } = open(page, count, narrow);
    assertEquals(names(), shown);
    if (shown === count) return;
    await page.user.click(view.getByRole("button", { name: `${count - shown} more` }));
    assertEquals(names(), count);
  });
}

for (const [count, across] of [[1, 1], [2, 2], [3, 3], [4, 2], [5, 3], [6, 3]] as const) {
  Deno.test(`${count} problems are ${across} in a row`, async () => {
    await using page = new TestPage(client);
    const { view } = open(page, count);
    assertEquals(view.getByRole("region").style.getPropertyValue("--across"), `${across}`);
  });
}

Deno.test("shows the output of a failed health check", async () => {
  await using page = new TestPage(client);
  const row = new ContainerRow(message({ id: "a".repeat(64), health: "unhealthy" }));
  const log = [{ start: null, end: null, exitCode: 1, output: "connection refused\nmore" }];
  const health = { status: "unhealthy", failingStreak: 3, log };
  transport.answers[`/containers/Localhost/${row.newest.id}`] = details({ health });
  const items = [{ ...item(0), key: row.key, row }];
  const view = page.render(<AttentionPanel items={items} tasks={tasks} narrow={false} />);
  assert(await view.findByText("connection refused"));
});
