import { TestPage } from "../dom.ts";
import { assert, assertEquals, assertThrows } from "../../../../tests/assert.ts";
import { Client, recordOf, useAbout, useClient, useObstacle } from "../../src/lib/client.ts";
import { LiveSocket } from "../../src/lib/live.ts";
import { SilentConsole } from "../fakes/console.ts";
import { fakeClient } from "../fakes/client.ts";
import { about } from "../fakes/messages.ts";
import { FakeTransport } from "../fakes/transport.ts";

function socketTo(transport: FakeTransport, path = "/stacks") {
  return new LiveSocket(transport, { path: () => path, onFrame: () => {} });
}

Deno.test("the answer to /about is undefined before the server has answered", async () => {
  const transport = new FakeTransport();
  const client = new Client(transport, undefined);
  assertEquals(client.about.value, undefined);
  transport.answers["/about"] = about({ version: "2.0.0" });
  await client.refreshAbout();
  assertEquals(client.about.value, about({ version: "2.0.0" }));
});

Deno.test("keeps the last answer to /about when the server does not answer", async () => {
  const { transport, client } = fakeClient();
  delete transport.answers["/about"];
  await client.refreshAbout();
  assertEquals(client.about.value, about());
});

Deno.test("an equal answer to /about does not change the one that views have", async () => {
  const { client } = fakeClient();
  const { value } = client.about;
  await client.refreshAbout();
  assert(client.about.value === value);
});

Deno.test("shows a socket until its view is closed, then keeps its record for diagnostics", () => {
  const { transport, client } = fakeClient();
  using socket = socketTo(transport, "/logs/ws");
  const hide = client.show("Log", socket);
  assertEquals([...client.sockets.value.keys()], ["Log"]);
  transport.newest.listener.opened();
  hide();
  assertEquals([...client.sockets.value.keys()], []);
  const { name, path, state, ends } = client.closed.get("Log")!;
  assertEquals([name, path, state.phase, ends], ["Log", "/logs/ws", "open", []]);
});

Deno.test("hiding an older socket leaves the newer one of the same name", () => {
  const { transport, client } = fakeClient();
  using one = socketTo(transport);
  using other = socketTo(transport);
  const hideOne = client.show("Output", one);
  client.show("Output", other);
  hideOne();
  assert(client.sockets.value.get("Output") === other);
});

Deno.test("a record does not change with its socket", () => {
  const transport = new FakeTransport();
  using socket = socketTo(transport);
  const record = recordOf("Stacks", socket);
  socket.ends.push({ code: 1006, reason: "" });
  assertEquals(record.ends, []);
});

Deno.test("a component below the provider gets the client and the answer to /about", async () => {
  const { client } = fakeClient({ version: "3.0.0" });
  await using page = new TestPage(client);
  const { result } = page.hook(() => [useClient(), useAbout()] as const);
  assert(result.current[0] === client);
  assertEquals(result.current[1]?.version, "3.0.0");
});

Deno.test("a component without a provider throws", async () => {
  await using page = new TestPage();
  using _console = new SilentConsole();
  assertThrows(() => page.hook(() => useClient()), Error);
});

for (
  const [what, changes, isObstacle] of [
    ["full access", {}, false],
    ["a client without the token", { access: "view" }, true],
    ["a read-only server", { readOnly: true }, true],
  ] as const
) {
  Deno.test(`${what} is ${isObstacle ? "an" : "no"} obstacle to changes`, async () => {
    const { client } = fakeClient(changes);
    await using page = new TestPage(client);
    const { result } = page.hook(() => useObstacle());
    assertEquals(typeof result.current, isObstacle ? "string" : "undefined");
  });
}

Deno.test("names the read-only server as the obstacle even without the token", async () => {
  const { client } = fakeClient({ readOnly: true, access: "view" });
  await using page = new TestPage(client);
  assert(page.hook(() => useObstacle()).result.current?.includes("--read-only"));
});
