import { LiveSocket, type LiveState } from "../../src/lib/live.ts";
import { assertEquals, eventually } from "../../../../tests/assert.ts";
import { FakeTransport, refusal } from "../fakes/transport.ts";

const ABOUT = { version: "1", access: "full", readOnly: false, simulated: false };

function open(transport: FakeTransport, random = 0) {
  const frames: string[] = [];
  let since = 0;
  const socket = new LiveSocket(transport, {
    path: () => `/stacks?since=${since}`,
    onFrame: (text) => {
      frames.push(text);
      since++;
    },
    random: () => random,
  });
  return { socket, frames };
}

/** Keeps the time of day, so that a slow machine gets the same delays. */
function stoppedClock(): Disposable {
  const { now } = Date;
  const at = now();
  Date.now = () => at;
  return { [Symbol.dispose]: () => void (Date.now = now) };
}

/** Waits until a socket reaches a phase. */
function reached<P extends LiveState["phase"]>(socket: LiveSocket, phase: P) {
  return eventually(phase, () => {
    const { value } = socket.state;
    return value.phase === phase ? value as LiveState & { phase: P } : undefined;
  });
}

Deno.test("a live socket connects, opens, and reports its frames", () => {
  const transport = new FakeTransport();
  const { socket, frames } = open(transport);
  using _ = socket;
  assertEquals(socket.state.value.phase, "connecting");
  transport.newest.listener.opened();
  transport.newest.listener.frame("one");
  assertEquals([socket.state.value.phase, frames], ["open", ["one"]]);
});

Deno.test("after a loss, the state has the last frame's time, the reason and the next attempt", async () => {
  const transport = new FakeTransport();
  const { socket } = open(transport);
  using _ = socket;
  transport.newest.listener.opened();
  transport.newest.listener.frame("one");
  transport.newest.listener.closed({ code: 1001, reason: "server going away" });
  const state = await reached(socket, "waiting");
  assertEquals([typeof state.lastFrameAt, state.why], ["number", "server going away"]);
});

Deno.test("reconnects automatically from its last position", async () => {
  const transport = new FakeTransport();
  const { socket } = open(transport);
  using _ = socket;
  transport.newest.listener.opened();
  transport.newest.listener.frame("one");
  transport.newest.listener.closed({ code: 1006, reason: "" });
  await eventually("a second connection", () => transport.channels.length === 2);
  assertEquals(transport.newest.path, "/stacks?since=1");
});

Deno.test("doubles the delay after each failure, up to 30 s", async () => {
  const transport = new FakeTransport();
  const { socket } = open(transport, 1);
  using _ = socket;
  using _clock = stoppedClock();
  const waits: number[] = [];
  for (let failure = 0; failure < 9; failure++) {
    transport.newest.listener.closed({ code: 1006, reason: "" });
    const state = await reached(socket, "waiting");
    waits.push(state.nextTryAt - Date.now());
    socket.retry();
  }
  assertEquals(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

Deno.test("a successful connection resets the delay", async () => {
  const transport = new FakeTransport();
  const { socket } = open(transport, 1);
  using _ = socket;
  using _clock = stoppedClock();
  for (const opened of [false, false, true]) {
    if (opened) transport.newest.listener.opened();
    transport.newest.listener.closed({ code: 1006, reason: "" });
    const state = await reached(socket, "waiting");
    if (opened) assertEquals(state.nextTryAt - Date.now(), 500);
    socket.retry();
  }
});

Deno.test("does not retry after a refusal until retry() is called", async () => {
  const transport = new FakeTransport();
  transport.answers["/about"] = refusal(401, "Cannot answer without the token");
  const { socket } = open(transport);
  using _ = socket;
  transport.newest.listener.closed({ code: 1006, reason: "" });
  const state = await reached(socket, "refused");
  assertEquals([state.why, transport.channels.length], ["Cannot answer without the token", 1]);
  socket.retry();
  assertEquals(transport.channels.length, 2);
});

Deno.test("retries when the server answers but drops the socket", async () => {
  const transport = new FakeTransport();
  transport.answers["/about"] = ABOUT;
  const { socket } = open(transport);
  using _ = socket;
  transport.newest.listener.closed({ code: 1006, reason: "" });
  await eventually("the wait", () => socket.state.value.phase === "waiting");
});

Deno.test("renews an expired ticket immediately", () => {
  const transport = new FakeTransport();
  const { socket } = open(transport);
  using _ = socket;
  transport.newest.listener.opened();
  transport.newest.listener.closed({ code: 1008, reason: "the ticket has expired" });
  assertEquals(transport.channels.length, 2);
});

Deno.test("disposing the socket closes the connection", () => {
  const transport = new FakeTransport();
  const { socket } = open(transport);
  socket[Symbol.dispose]();
  assertEquals(transport.newest.closed, true);
});

Deno.test("uses the delay when a server closes each connection immediately", async () => {
  const transport = new FakeTransport();
  const { socket } = open(transport);
  using _ = socket;
  for (let round = 0; round < 2; round++) {
    transport.newest.listener.opened();
    transport.newest.listener.closed({ code: 1008, reason: "" });
  }
  await reached(socket, "waiting");
});
