import { Input, Window } from "../../server/terminal/flow.ts";
import { Multiplexed } from "../../server/terminal/multiplexed.ts";
import { assert, assertEquals, assertMatch, eventually } from "../assert.ts";
import { byteText } from "./fake_execs.ts";
import { serveTerminals, TerminalClient } from "./client.ts";

Deno.test("input beyond the bound is refused, and the rest keeps its order", async () => {
  const input = new Input(4, new AbortController().signal);
  assert(input.add(new Uint8Array([1, 2])) && input.add(new Uint8Array([3])));
  assert(!input.add(new Uint8Array([4, 5])));
  input.end();
  const read = [];
  for await (const bytes of input.read()) read.push(...bytes);
  assertEquals(read, [1, 2, 3]);
});

Deno.test("a window opens with acknowledgements, which cannot exceed what was sent", async () => {
  const end = new AbortController();
  const window = new Window(10, end.signal);
  window.send(10);
  window.acknowledge(1e9);
  window.send(10);
  let opened = false;
  const room = window.room().then(() => opened = true);
  window.acknowledge(10);
  await Promise.resolve();
  assert(!opened);
  window.acknowledge(11);
  await room;
});

Deno.test("a window that waits ends with its signal", async () => {
  const end = new AbortController();
  const window = new Window(1, end.signal);
  window.send(1);
  const room = window.room();
  end.abort();
  await room;
});

Deno.test("stdout and stderr are separated in chunks of any length", () => {
  const bytes = new Uint8Array([
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    2,
    65,
    66,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    67,
  ]);
  for (let size = 1; size <= bytes.length; size++) {
    const multiplexed = new Multiplexed();
    let text = "";
    for (let at = 0; at < bytes.length; at += size) {
      for (const [stream, ...rest] of multiplexed.frames(bytes.subarray(at, at + size))) {
        for (const byte of rest) text += `${stream}${String.fromCharCode(byte)}`;
      }
    }
    assertEquals(text, "1A1B2C", String(size));
  }
});

Deno.test("a client with flow that acknowledges nothing gets no more than the window", async () => {
  await using it = await serveTerminals();
  const piece = new Uint8Array(100_000);
  it.execs.onStart = (process) => {
    for (let count = 0; count < 100; count++) process.print(piece);
  };
  await using client = await TerminalClient.open(it.server.url, { cmd: ["yes"], flow: true });
  await eventually("a full window", () => client.bytes >= 512 * 1024);
  const received = client.bytes;
  assert(received < 700_000, String(received));
  client.send({ ack: received });
  await eventually("the next bytes", () => client.bytes > received);
});

Deno.test("with flow the server acknowledges input, and bytes arrive exactly", async () => {
  await using it = await serveTerminals();
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index * 7 % 256);
  await using client = await TerminalClient.open(it.server.url, { cmd: ["cat"], user: null, flow: true });
  client.send(bytes);
  await client.frame("the acknowledgement", ({ ack }) => ack === bytes.length);
  assertEquals(it.execs.processes[0]!.received, byteText(bytes));
});

Deno.test("input that the command does not read is bounded", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.onInput = () => new Promise(() => {});
  await using client = await TerminalClient.open(it.server.url, { cmd: ["sleep", "1"], user: null });
  for (let count = 0; count < 4; count++) client.send(new Uint8Array(900_000));
  // The server reads nothing after it has closed the socket, so the client may not receive the code.
  await client.end();
  assertMatch(client.frames[1].error, /input arrives faster than the command reads it$/);
});

Deno.test("without a terminal stdout and stderr are marked, and the end of the input arrives", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => {
    process.print(new Uint8Array([1, 0, 0, 0, 0, 0, 0, 1, 65]));
    process.print(new Uint8Array([2, 0, 0, 0, 0, 0, 0, 1, 66]));
  };
  await using client = await TerminalClient.open(it.server.url, { cmd: ["cat"], user: null, tty: false });
  await client.shows("\x01A\x02B");
  client.type("in");
  client.send({ eof: true });
  await eventually("the end of the input", () => it.execs.processes[0]!.inputEnded);
  assertEquals(it.execs.processes[0]!.received, "in");
});
