import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import LogPage from "../../../src/features/log/log_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { at } from "../../fakes/messages.ts";
import type { FakeTransport } from "../../fakes/transport.ts";

function open(kept?: string) {
  const { transport, client } = fakeClient();
  const page = new TestPage(client);
  if (kept !== undefined) localStorage.setItem("dockstat.log.level", kept);
  const view = page.render(<LogPage />);
  const levels = () =>
    transport.channels.map(({ path }) => new URLSearchParams(path.split("?")[1]).get("level"));
  return { transport, client, page, view, levels };
}

function write(transport: FakeTransport, message: string, seconds = 0): void {
  const line = { level: "WARN", timestamp: at(seconds), message, file: "serve.ts", line: 70 };
  transport.newest.listener.frame(JSON.stringify(line));
}

Deno.test("shows each line with its level and location", async () => {
  const { transport, page, view } = open();
  await using _ = page;
  await page.act(() => {
    transport.newest.listener.opened();
    write(transport, "The disk is full");
  });
  const row = await eventually("the line", () => view.queryByRole("listitem"));
  assertEquals(
    ["mark", "text", "place"].map((part) => row.querySelector(`.${part}`)?.textContent),
    ["WARN", "The disk is full", "serve.ts:70"],
  );
});

Deno.test("shows names such as __proto__ as text", async () => {
  const { transport, page, view } = open();
  await using _ = page;
  await page.act(() => {
    transport.newest.listener.opened();
    write(transport, "__proto__ constructor");
    write(transport, "__proto__ constructor");
  });
  await eventually("both lines", () => view.queryAllByRole("listitem").length === 2);
});

Deno.test("the header shows the socket while the page is open, and diagnostics keep its record", async () => {
  const { transport, client, page, view } = open();
  await using _ = page;
  assertEquals([...client.sockets.value.keys()], ["DockStat log"]);
  view.unmount();
  assertEquals([...client.sockets.value.keys()], []);
  assert(client.closed.has("DockStat log"));
  assert(transport.newest.closed);
});

Deno.test("opens a new socket for another level, and stores the level", async () => {
  const { transport, page, view, levels } = open();
  await using _ = page;
  assertEquals(levels(), ["DEBUG"]);
  await page.user.click(view.getByRole("combobox"));
  await page.user.click(view.getByRole("option", { name: /ERROR/ }));
  assertEquals(levels(), ["DEBUG", "ERROR"]);
  assert(transport.channels[0]!.closed);
  assertEquals(localStorage.getItem("dockstat.log.level"), '"ERROR"');
});

Deno.test("drops the lines of the previous level", async () => {
  const { transport, page, view } = open();
  await using _ = page;
  await page.act(() => write(transport, "old"));
  await eventually("the line", () => view.queryByRole("listitem"));
  await page.user.click(view.getByRole("combobox"));
  await page.user.click(view.getByRole("option", { name: /FATAL/ }));
  assertEquals(view.queryByRole("listitem"), null);
});

Deno.test("requests the level of the last visit", async () => {
  const { page, levels } = open('"WARN"');
  await using _ = page;
  assertEquals(levels(), ["WARN"]);
});

for (const kept of ['"LOUD"', '"constructor"', '"toString"', '"__proto__"', "5"]) {
  Deno.test(`ignores ${kept} in the storage`, async () => {
    const { page, levels } = open(kept);
    await using _ = page;
    assertEquals(levels(), ["DEBUG"]);
  });
}
