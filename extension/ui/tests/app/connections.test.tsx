import { TestPage } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import { Connections } from "../../src/app/connections.tsx";
import { LiveSocket } from "../../src/lib/live.ts";
import { fakeClient } from "../fakes/client.ts";

function open() {
  const { transport, client } = fakeClient();
  const page = new TestPage(client);
  const connect = (name: string) => {
    // No test takes as long as this delay.
    const random = () => 1000;
    const socket = new LiveSocket(transport, { path: () => `/${name}`, onFrame: () => {}, random });
    client.show(name, socket);
    return socket;
  };
  const lose = (index: number) =>
    page.act(() => transport.channels[index]!.listener.closed({ code: 1006, reason: "" }));
  return { transport, client, page, connect, lose };
}

Deno.test("connected sockets have no chip, and are named for screen readers", async () => {
  const { transport, page, connect } = open();
  using _one = connect("Stacks");
  using _other = connect("Log");
  await using _page = page;
  const view = page.render(<Connections />);
  await page.act(() => transport.channels.forEach(({ listener }) => listener.opened()));
  assertEquals(view.queryByRole("button"), null);
  assertEquals(view.getByRole("status").textContent, "Stacks: liveLog: live");
});

Deno.test("names a lost socket, and a click reconnects it", async () => {
  const { transport, page, connect, lose } = open();
  using _one = connect("Stacks");
  using log = connect("Log");
  await using _page = page;
  const view = page.render(<Connections />);
  await page.act(() => transport.channels.forEach(({ listener }) => listener.opened()));
  await lose(1);
  const button = await eventually("the name", () => view.queryByRole("button", { name: /Log/ }));
  await eventually("the wait", () => log.state.value.phase === "waiting");
  await page.user.click(button);
  assertEquals([transport.channels.length, log.state.value.phase], [3, "connecting"]);
});

Deno.test("hides the socket of a closed view", async () => {
  const { client, page, connect } = open();
  using _one = connect("Stacks");
  using log = connect("Other");
  await using _page = page;
  const view = page.render(<Connections />);
  const hide = client.show("Log", log);
  await eventually("the name", () => view.queryByText(/Log/));
  await page.act(() => hide());
  assertEquals(view.queryByText(/Log/), null);
  assert(view.getByText(/Stacks/));
});
