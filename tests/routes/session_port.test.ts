import { beginSession } from "../../server/routes/session.ts";
import { Feed } from "../../server/stats/feed.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** Where a server in a container of a name finds its port, when the engine says this of it. */
async function wsBase(hostname: string | undefined, portPairs: string): Promise<string | null> {
  const container = fakeContainer("dockstat", { portPairs });
  const engine = new FakeEngine(container, fakeContainer("web", { portPairs: "8080:80/tcp 1234:9876/udp" }));
  await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
  using tickets = new Tickets();
  const name = hostname === "own" ? container.id.slice(0, 12) : hostname;
  const parts = { tickets, feed, hostname: name, listensOn: () => "http://127.0.0.1:9876" };
  return (await (await beginSession({ origin: "file://" }, parts)).json()).wsBase;
}

Deno.test("in a container the sockets are where the engine has published the port right now", async () => {
  assertEquals(await wsBase("own", "53:53/udp 49731:9876/tcp"), "ws://127.0.0.1:49731");
});

Deno.test("a container that publishes another port alone tells none", async () => {
  assertEquals(await wsBase("own", "8080:80/tcp"), null);
});

Deno.test("a machine that is none of the engine's containers has its own address", async () => {
  assertEquals(await wsBase("laptop", "49731:9876/tcp"), "ws://127.0.0.1:9876");
  assertEquals(await wsBase("web", "49731:9876/tcp"), "ws://127.0.0.1:9876");
  assertEquals(await wsBase(undefined, "49731:9876/tcp"), "ws://127.0.0.1:9876");
});
