import type { DesktopClient } from "../../../src/lib/transport/desktop.ts";
import { DesktopTransport } from "../../../src/lib/transport/desktop_transport.ts";
import type { ChannelEnd, ChannelListener } from "../../../src/lib/transport/transport.ts";
import { Refusal, Unreachable } from "../../../src/lib/transport/transport.ts";
import { assert, assertEquals, assertRejects, eventually } from "../../../../../tests/assert.ts";

interface Stream {
  readonly onOutput: (data: { stdout?: string; stderr?: string }) => void;
  readonly onClose: (code: number) => void;
}

/** Desktop, as far as a test says what its service answers. */
class FakeDesktop {
  readonly asked: string[] = [];
  readonly streams: Stream[] = [];
  answer: (url: string) => unknown = () => ({});

  get client(): DesktopClient {
    const request = ({ url, method }: { url: string; method: string }) => {
      this.asked.push(`${method} ${url}`);
      return Promise.resolve().then(() => this.answer(url));
    };
    const exec = (_command: string, args: string[], { stream }: { stream: Stream }) => {
      this.asked.push(`exec ${args.join(" ")}`);
      this.streams.push(stream);
      return { close: () => {} };
    };
    return { extension: { vm: { service: { request }, cli: { exec } } } } as unknown as DesktopClient;
  }
}

function open(answer: FakeDesktop["answer"]) {
  const desktop = new FakeDesktop();
  desktop.answer = answer;
  const transport = new DesktopTransport(desktop.client, { origin: "file://", protocol: "file:" });
  return { desktop, transport };
}

/** A listener that keeps what it was told. */
function listener() {
  const told: string[] = [];
  const ends: ChannelEnd[] = [];
  const to: ChannelListener = {
    opened: () => told.push("opened"),
    frame: (text) => told.push(text),
    closed: (end) => ends.push(end),
  };
  return { told, ends, to };
}

Deno.test("an answer is taken with and without headers around it", async () => {
  const { transport } = open((url) =>
    url === "/old" ? { a: 1 } : { headers: {}, status: 200, data: { a: 1 } }
  );
  assertEquals([await transport.ask("/old"), await transport.ask("/new")], [{ a: 1 }, { a: 1 }]);
});

Deno.test("a refusal keeps the server's words, wherever Desktop puts them", async () => {
  const problem = { type: "about:blank", title: "Conflict", status: 409, detail: "Stack 12 is busy" };
  const inMessage = open(() => {
    throw { name: "Error", message: `HTTP 409: ${JSON.stringify(problem)}`, statusCode: 409 };
  });
  const inBody = open(() => ({ headers: {}, status: 409, data: problem }));
  for (const { transport } of [inMessage, inBody]) {
    const refusal = await assertRejects(() => transport.ask("/stacks"), Refusal);
    assertEquals([refusal.problem.status, refusal.message], [409, "Stack 12 is busy"]);
  }
});

Deno.test("a refusal of which only the status is known is still one", async () => {
  const { transport } = open(() => {
    throw { name: "Error", message: "Request failed", statusCode: 403 };
  });
  assertEquals((await assertRejects(() => transport.ask("/stacks"), Refusal)).problem.status, 403);
});

Deno.test("a service that does not answer is unreachable", async () => {
  const { transport } = open(() => {
    throw new Error("connect ENOENT backend.sock");
  });
  await assertRejects(() => transport.ask("/stacks"), Unreachable, "ENOENT");
});

const SESSION = { ticket: "secret-ticket", expiresAt: "2026-08-01T12:10:00.000Z" };

Deno.test("where no port is published a command in the container is the way", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { told, to } = listener();
  transport.open("/stacks?since=0", to);
  const stream = await eventually("the command", () => desktop.streams[0]);
  stream.onOutput({ stdout: '{"message":"Connection established"}\n{"type":"stack-removed"}\n' });
  assertEquals(desktop.asked.at(-1), "exec bridge /stacks?since=0");
  assertEquals(told, ["opened", '{"type":"stack-removed"}']);
});

Deno.test("the end of the command is the end of the channel, with its last words", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { ends, to } = listener();
  transport.open("/stacks", to);
  const stream = await eventually("the command", () => desktop.streams[0]);
  stream.onOutput({ stderr: "dockstat: Cannot reach DockStat" });
  stream.onClose(1);
  stream.onClose(1);
  assertEquals(ends, [{ code: 1006, reason: "dockstat: Cannot reach DockStat" }]);
});

Deno.test("a port that cannot be reached twice is not tried a third time", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: "ws://127.0.0.1:1" }));
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { ends, to } = listener();
    transport.open("/stacks", to);
    await eventually("the failure", () => ends.length === 1);
  }
  transport.open("/stacks", listener().to);
  await eventually("the command", () => desktop.streams.length === 1);
});

Deno.test("a session that cannot be had is the end of the channel", async () => {
  const { transport } = open(() => {
    throw new Error("no backend");
  });
  const { ends, to } = listener();
  transport.open("/stacks", to);
  await eventually("the end", () => ends.length === 1);
  assert(ends[0]?.reason.includes("no backend"));
});

Deno.test("a channel that is closed before its session was there is never told of", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { told, ends, to } = listener();
  transport.open("/stacks", to).close();
  await eventually("the command", () => desktop.streams.length === 1);
  desktop.streams[0]!.onOutput({ stdout: '{"message":"Connection established"}' });
  assertEquals([told, ends], [[], []]);
});

Deno.test("what is said for a report holds no ticket", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  transport.open("/stacks", listener().to);
  await eventually("the command", () => desktop.streams.length === 1);
  assert(!JSON.stringify(transport.describe()).includes(SESSION.ticket));
});
