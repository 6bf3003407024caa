import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import { useFacts } from "../../../src/features/diagnostics/use_facts.ts";
import type { DesktopClient } from "../../../src/lib/transport/desktop.ts";
import { Client } from "../../../src/lib/client.ts";
import { LiveSocket } from "../../../src/lib/live.ts";
import { fakeClient } from "../../fakes/client.ts";
import { about, host } from "../../fakes/messages.ts";
import { refusal } from "../../fakes/transport.ts";

Deno.test("the facts contain the server's answers", async () => {
  const { transport, client } = fakeClient();
  transport.answers["/docker/hosts"] = [host()];
  await using page = new TestPage(client);
  const { result } = page.hook(() => useFacts());
  assertEquals([result.current.about, result.current.hosts], [about(), undefined]);
  await eventually("the hosts", () => result.current.hosts);
  assertEquals(result.current.hosts, { value: [host()] });
});

Deno.test("the facts contain the reason for missing hosts", async () => {
  const { transport, client } = fakeClient();
  transport.answers["/docker/hosts"] = refusal(503, "The engine does not answer.");
  await using page = new TestPage(client);
  const { result } = page.hook(() => useFacts());
  await eventually("the refusal", () => result.current.hosts);
  assertEquals(result.current.hosts, { error: "The engine does not answer." });
});

Deno.test("requests no session in a browser", async () => {
  const { transport, client } = fakeClient();
  await using page = new TestPage(client);
  const { result } = page.hook(() => useFacts());
  assertEquals(result.current.session, null);
  assertEquals(transport.asked.filter((question) => question.includes("/session")), []);
});

Deno.test("leaves the ticket of a session out of the facts", async () => {
  const { transport } = fakeClient();
  const client = new Client(transport, {} as DesktopClient);
  Object.defineProperty(transport, "kind", { value: "desktop" });
  const session = { wsBase: "ws://127.0.0.1:49731", expiresAt: "2026-08-01T13:00:00.000Z" };
  transport.answers["/session"] = { ...session, ticket: "secret" };
  await using page = new TestPage(client);
  const { result } = page.hook(() => useFacts());
  await eventually("the session", () => result.current.session);
  assertEquals(result.current.session, { value: session });
  assert(transport.asked.includes("POST /session"));
});

Deno.test("the facts contain the sockets of open and closed views", async () => {
  const { transport, client } = fakeClient();
  using open = new LiveSocket(transport, { path: () => "/stacks", onFrame: () => {} });
  using closed = new LiveSocket(transport, { path: () => "/logs/ws", onFrame: () => {} });
  client.show("Stacks", open);
  client.show("Log", closed)();
  await using page = new TestPage(client);
  const { sockets, closed: gone } = page.hook(() => useFacts()).result.current;
  assertEquals([sockets.map(({ name }) => name), gone.map(({ name }) => name)], [["Stacks"], ["Log"]]);
});

Deno.test("the facts contain the route and the window size", async () => {
  const { client } = fakeClient();
  await using page = new TestPage(client);
  location.hash = "#/diagnostics";
  const facts = page.hook(() => useFacts()).result.current.page;
  assertEquals([facts["view"], facts["protocol"]], ["#/diagnostics", "http:"]);
  assert(facts["window"]?.includes(`${innerWidth}`));
});
