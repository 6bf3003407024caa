import { TerminalSession } from "../../../../src/features/containers/terminal/terminal_session.ts";
import type { ByteListener } from "../../../../src/lib/transport/transport.ts";
import { assertEquals } from "@std/assert";

/** A session with a socket whose frames a test sends. */
function opened() {
  const sent: (string | Uint8Array)[] = [];
  const shown: (() => void)[] = [];
  let listener!: ByteListener;
  let closed = false;
  const session = new TerminalSession(
    (_size, given) => {
      listener = given;
      return { send: (frame) => sent.push(frame), close: () => closed = true };
    },
    { cmd: ["sh"], user: null },
    [80, 24],
    (_bytes, then) => shown.push(then),
  );
  return { session, sent, shown, listener, isClosed: () => closed };
}

Deno.test("the first frame names the command and the user, and turns on flow control", () => {
  const { session, sent, listener } = opened();
  assertEquals([session.state.value.phase, sent.length], ["opening", 0]);
  listener.opened();
  assertEquals(sent, ['{"cmd":["sh"],"user":null,"flow":true}']);
  assertEquals(session.state.value.phase, "open");
});

Deno.test("a long input goes out as fast as it is acknowledged, in order", () => {
  const { session, sent, listener } = opened();
  listener.opened();
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
  session.send(bytes);
  const total = () => sent.slice(1).reduce((sum, frame) => sum + (frame as Uint8Array).length, 0);
  assertEquals(total(), 256 * 1024);
  while (total() < bytes.length) listener.text(JSON.stringify({ ack: total() }));
  const received = new Uint8Array(bytes.length);
  let at = 0;
  for (const frame of sent.slice(1) as Uint8Array[]) {
    received.set(frame, at);
    at += frame.length;
  }
  assertEquals(received, bytes);
});

Deno.test("output is acknowledged once it is shown", () => {
  const { sent, shown, listener } = opened();
  listener.opened();
  listener.bytes(new Uint8Array(70_000));
  assertEquals(sent.length, 1);
  shown[0]!();
  assertEquals(sent[1], '{"ack":70000}');
});

Deno.test("the reason of the end is the most exact one that is known", () => {
  const ends = [
    [['{"hostId":"nas","error":"No shell.","kind":"command-not-found"}', '{"exit":127}'], 1000, "No shell."],
    [['{"exit":3}'], 1000, "The command ended with exit code 3."],
    [[], 1008, "Your sign-in session has ended."],
    [[], 1006, "Connection lost. The command ends within a few seconds."],
    [[], 1001, "The terminal was closed: server going away."],
  ] as const;
  for (const [frames, code, reason] of ends) {
    const { session, listener } = opened();
    listener.opened();
    for (const frame of frames) listener.text(frame);
    listener.closed({ code, reason: code === 1001 ? "server going away" : "" });
    const state = session.state.value;
    assertEquals(state.phase === "ended" && state.reason, reason);
  }
});

Deno.test("disposal closes the socket and ends the session", () => {
  const { session, isClosed } = opened();
  session[Symbol.dispose]();
  assertEquals([isClosed(), session.state.value.phase], [true, "ended"]);
});
