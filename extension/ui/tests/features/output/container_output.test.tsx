import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import ContainerOutput from "../../../src/features/output/container_output.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { about, at } from "../../fakes/messages.ts";

const ID = "a".repeat(64);

function open(changes: Parameters<typeof fakeClient>[0] = {}) {
  const { transport, client } = fakeClient(changes);
  const page = new TestPage(client);
  const view = page.render(<ContainerOutput hostId="nas" containerId={ID} name="web" />);
  const write = (message: string, stream = "stdout", seconds = 0) =>
    page.act(() =>
      transport.newest.listener.frame(
        JSON.stringify({ timestamp: at(seconds), message, stream, containerId: ID, hostId: "nas" }),
      )
    );
  return { transport, client, page, view, write };
}

Deno.test("requests the logs of the container on its host", async () => {
  const { transport, page } = open();
  await using _ = page;
  const options = new URLSearchParams(transport.newest.path.split("?")[1]);
  assertEquals([options.get("container"), options.get("host")], [ID, "nas"]);
});

Deno.test("marks lines of stderr", async () => {
  const { page, view, write } = open();
  await using _ = page;
  await write("ready");
  await write("out of memory", "stderr", 1);
  await eventually("both lines", () => view.queryAllByRole("listitem").length === 2);
  assertEquals(view.getAllByRole("listitem").map((row) => row.querySelector(".stderr") !== null), [
    false,
    true,
  ]);
});

Deno.test("shows field names such as __proto__ as text", async () => {
  const { page, view, write } = open();
  await using _ = page;
  const text = '{"__proto__":{"level":"error"},"constructor":"x"}';
  await write(text);
  const row = await eventually("the line", () => view.queryByRole("listitem"));
  assertEquals(row.querySelector(".text")?.textContent, "__proto__.level=error constructor=x");
});

Deno.test("shows the placeholder only when the socket is connected", async () => {
  const { transport, page, view } = open();
  await using _ = page;
  assert(view.getByRole("progressbar"));
  await page.act(() => transport.newest.listener.opened());
  assertEquals(view.queryByRole("progressbar"), null);
  assert(view.getByRole("heading"));
});

Deno.test("shows no logs and opens no socket without the token", async () => {
  const { transport, page, view } = open({ access: "view" });
  await using _ = page;
  assertEquals([transport.channels.length, view.queryByRole("log")], [0, null]);
  assert(view.getByRole("heading"));
});

Deno.test("opens no socket before the access is known", async () => {
  const { transport, client } = fakeClient();
  client.about.set(undefined);
  await using page = new TestPage(client);
  const view = page.render(<ContainerOutput hostId="nas" containerId={ID} name="web" />);
  assert(view.getByRole("progressbar"));
  assertEquals(transport.channels.length, 0);
  await page.act(() => client.about.set(about()));
  assertEquals(transport.channels.length, 1);
});

Deno.test("closing the view closes the socket and keeps its record", async () => {
  const { transport, client, page, view } = open();
  await using _ = page;
  view.unmount();
  assert(transport.newest.closed);
  assert(client.closed.has("Logs"));
});

Deno.test("opens a new feed for another container", async () => {
  const { transport, page, view, write } = open();
  await using _ = page;
  await write("of the first");
  await eventually("the line", () => view.queryByRole("listitem"));
  view.rerender(<ContainerOutput hostId="nas" containerId={"b".repeat(64)} name="web" />);
  assertEquals(view.queryByRole("listitem"), null);
  assertEquals(transport.channels.map(({ closed }) => closed), [true, false]);
});

Deno.test("opens the line in the address", async () => {
  const { transport, client } = fakeClient();
  await using page = new TestPage(client);
  const cursor = "2026-08-01T12:00:00.000000000Z_3";
  location.hash = `#/containers/nas/${ID}/logs/${cursor}`;
  const line = {
    timestamp: "2026-08-01T12:00:00.000000000Z",
    message: "linked",
    stream: "stdout",
    containerId: ID,
    hostId: "nas",
    cursor,
  };
  const path = (place: string) => `/logs/ws?container=${ID}&host=nas&tail=500&${place}`;
  transport.answers[path("around=2026-08-01T12%3A00%3A00.000000000Z_3")] = [line];
  const view = page.render(<ContainerOutput hostId="nas" containerId={ID} name="web" />);
  const row = await eventually("the line", () => view.container.querySelector("[aria-current]"));
  assertEquals(row.querySelector(".text")?.textContent, "linked");
});
