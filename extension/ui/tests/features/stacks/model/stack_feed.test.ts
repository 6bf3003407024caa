import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { StackFeed } from "../../../../src/features/stacks/model/stack_feed.ts";
import { Client } from "../../../../src/lib/client.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const TIMES = { gapMs: 1, pollMs: 5, showMs: 1, outputMs: 1 };

function open(kept: string | null = null) {
  const transport = new FakeTransport();
  Object.assign(transport.answers, { "/stacks": [], "/docker/hosts": [], "/operations": [], "/about": {} });
  const shelf = { getItem: () => kept, setItem: (_name: string, value: string) => void (kept = value) };
  const client = new Client(transport, undefined);
  return { transport, client, feed: new StackFeed(client, TIMES, shelf), kept: () => kept };
}

/** A frame of a step such as "Creating container a". */
function progress(seq: number, message: string, timestamp = "2026-08-01T12:00:00.000Z"): string {
  const [verb, kind, name] = message.split(" ");
  const resource = { kind, name, parent: null };
  const step = { resource, state: "working", verb, percent: null, current: null, total: null };
  const data = { stack_id: 12, action: "deploying", message, timestamp, ...step };
  return JSON.stringify({ type: "stack-progress", data, seq });
}

function deployed(seq: number): string {
  return JSON.stringify({
    type: "stack-status",
    data: { stack_id: 12, status: "deployed", stack_state: "deployed", message: "Stack deployed" },
    seq,
  });
}

Deno.test("first connection resumes after the last visit", () => {
  const { transport, feed } = open("41");
  using _ = feed;
  assertEquals(transport.newest.path, "/stacks?detail=full&since=41");
});

Deno.test("reconnects after the newest event", async () => {
  const { transport, feed } = open();
  using _ = feed;
  transport.newest.listener.opened();
  transport.newest.listener.frame(progress(7, "Creating container a"));
  transport.newest.listener.closed({ code: 1006, reason: "" });
  await eventually("the loss", () => feed.socket.state.value.phase === "waiting");
  feed.socket.retry();
  assertEquals(transport.newest.path, "/stacks?detail=full&since=7");
});

Deno.test("reads a running operation again at the next visit, but not an ended one", async () => {
  const { transport, feed, kept } = open("5");
  using _ = feed;
  const { listener } = transport.newest;
  listener.frame(progress(6, "Creating container a"));
  listener.frame(progress(7, "Created container a"));
  await eventually("what is kept", () => kept() === "5" && feed.runs.value.has("#12"));
  listener.frame(deployed(8));
  await eventually("what is kept", () => kept() === "8");
});

Deno.test("renders a burst of events once", async () => {
  const { transport, feed } = open();
  using _ = feed;
  let shown = 0;
  feed.runs.subscribe(() => shown++);
  for (let seq = 1; seq <= 500; seq++) {
    transport.newest.listener.frame(progress(seq, `Creating container c${seq % 9}`));
  }
  await eventually("the run", () => feed.runs.value.get("#12")?.resources.length === 9);
  assertEquals(shown, 1);
});

Deno.test("replaces the events of another server", async () => {
  const { transport, feed } = open();
  using _ = feed;
  transport.newest.listener.frame(progress(900, "Creating container old"));
  transport.newest.listener.frame(progress(1, "Creating container new"));
  await eventually("the run", () => feed.runs.value.size > 0);
  assertEquals(feed.runs.value.get("#12")?.resources.map(({ label }) => label), ["container new"]);
});

Deno.test("requests the list at each connection and after each event", async () => {
  const { transport, feed } = open();
  using _ = feed;
  const asked = () => transport.asked.filter((what) => what === "GET /stacks").length;
  transport.newest.listener.opened();
  await eventually("the list", () => feed.list.value.known && asked() === 1);
  transport.newest.listener.frame(deployed(1));
  await eventually("the list again", () => asked() === 2);
});

Deno.test("counts connections, so that failed requests are retried", async () => {
  const { transport, feed } = open();
  using _ = feed;
  transport.newest.listener.opened();
  transport.newest.listener.closed({ code: 1006, reason: "" });
  await eventually("the loss", () => feed.socket.state.value.phase === "waiting");
  feed.socket.retry();
  transport.newest.listener.opened();
  assertEquals(feed.openings.value, 2);
});

Deno.test("requests the list regularly while it is shown", async () => {
  const { transport, feed } = open();
  using _ = feed;
  const leave = feed.look();
  await eventually("the list", () => transport.asked.filter((what) => what === "GET /stacks").length > 3);
  leave();
});

Deno.test("keeps the list and shows the reason when a request fails", async () => {
  const { transport, feed } = open();
  using _ = feed;
  transport.answers["/stacks"] = [{ stack_id: 1, name: "web", hostId: "Localhost" }];
  feed.refresh();
  await eventually("the list", () => feed.list.value.known);
  delete transport.answers["/stacks"];
  feed.refresh();
  await eventually("the reason", () => feed.list.value.error === "nobody there");
  assertEquals(feed.list.value.stacks.length, 1);
});

Deno.test("ignores an answer that is older than the newest one", async () => {
  const { transport, feed } = open();
  using _ = feed;
  const late = Promise.withResolvers<unknown>();
  transport.answers["/stacks"] = late.promise;
  const first = feed.reload();
  transport.answers["/stacks"] = [{ stack_id: 2, name: "new", hostId: "Localhost" }];
  await feed.reload();
  late.resolve([]);
  await first;
  assertEquals(feed.list.value.stacks.map(({ name }) => name), ["new"]);
});

Deno.test("registers its socket and removes it when disposed", () => {
  const { client, transport, feed } = open();
  assertEquals([...client.sockets.value.keys()], ["Stacks"]);
  feed[Symbol.dispose]();
  assert(transport.newest.closed && client.sockets.value.size === 0);
});
