import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import LogPage from "../../../src/features/log/log_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { at } from "../../fakes/messages.ts";
import type { FakeTransport } from "../../fakes/transport.ts";

function open() {
  const { transport, client } = fakeClient();
  const page = new TestPage(client);
  const view = page.render(<LogPage />);
  return { transport, client, page, view };
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

Deno.test("filters by level", async () => {
  const { transport, page, view } = open();
  await using _ = page;
  await page.act(() => write(transport, "The disk is full"));
  await eventually("the line", () => view.queryByRole("listitem"));
  assertEquals(view.getByRole("button", { name: /^Error/ }).hasAttribute("disabled"), true);
  await page.user.click(view.getByRole("button", { name: /^Warn/ }));
  assertEquals(view.getAllByRole("listitem").length, 1);
});
