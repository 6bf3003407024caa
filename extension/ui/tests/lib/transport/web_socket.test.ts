import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import { openWebSocket } from "../../../src/lib/transport/web_socket.ts";
import { FakeListener } from "../../fakes/channel_listener.ts";
import { serve } from "../../fakes/server.ts";

/** A server whose sockets do what a test says, and a way to connect to it. */
function start(onSocket: (socket: WebSocket) => void) {
  const sockets: WebSocket[] = [];
  const server = serve((request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "dockstat.v1", idleTimeout: 0 });
    sockets.push(socket);
    socket.onopen = () => onSocket(socket);
    return response;
  });
  const listener = new FakeListener();
  const url = new URL("/stacks?since=3", server.base.replace("http", "ws")).href;
  const connect = (protocols = ["dockstat.v1"]) => openWebSocket(url, protocols, listener);
  return { server, sockets, listener, connect };
}

Deno.test("the first message opens the channel, and the others are frames", async () => {
  const { server, listener, connect } = start((socket) => {
    for (const text of ["hello", "one", "two"]) socket.send(text);
    socket.close();
  });
  await using _ = server;
  connect();
  await eventually("the end", () => listener.ends.length > 0);
  assertEquals(listener.received, ["opened", "one", "two"]);
});

Deno.test("a channel requests its path with its protocols", async () => {
  const { server, listener, connect } = start((socket) => socket.close());
  await using _ = server;
  connect(["dockstat.v1", "ticket.abc"]);
  await eventually("the end", () => listener.ends.length > 0);
  const [request] = server.requests;
  assertEquals(new URL(request!.url).search, "?since=3");
  assertEquals(request!.headers.get("sec-websocket-protocol"), "dockstat.v1, ticket.abc");
});

Deno.test("a close by the server ends the channel with its code and reason", async () => {
  const { server, listener, connect } = start((socket) => {
    socket.send("hello");
    socket.close(4001, "going away");
  });
  await using _ = server;
  connect();
  await eventually("the end", () => listener.ends.length > 0);
  assertEquals([listener.received, listener.ends], [["opened"], [{ code: 4001, reason: "going away" }]]);
});

Deno.test("a refused connection ends the channel without opening it", async () => {
  await using server = serve(() => new Response("no", { status: 403 }));
  const listener = new FakeListener();
  openWebSocket(server.base.replace("http", "ws"), ["dockstat.v1"], listener);
  await eventually("the end", () => listener.ends.length > 0);
  assertEquals([listener.received, listener.ends.length], [[], 1]);
});

Deno.test("a closed channel reports neither frames nor its end", async () => {
  const { server, sockets, listener, connect } = start((socket) => socket.send("hello"));
  await using _ = server;
  const channel = connect();
  await eventually("the greeting", () => listener.received.length > 0);
  const [socket] = sockets;
  channel.close();
  socket!.send("late");
  await eventually("the server's end", () => socket!.readyState === WebSocket.CLOSED);
  assertEquals([listener.received, listener.ends], [["opened"], []]);
  assert(server.requests.length === 1);
});
