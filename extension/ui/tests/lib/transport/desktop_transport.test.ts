import type { DesktopClient } from "../../../src/lib/transport/desktop.ts";
import { DesktopTransport } from "../../../src/lib/transport/desktop_transport.ts";
import type { ChannelEnd, ChannelListener } from "../../../src/lib/transport/transport.ts";
import { Refusal, Unreachable } from "../../../src/lib/transport/transport.ts";
import { assert, assertEquals, assertRejects, eventually } from "../../../../../tests/assert.ts";

interface Stream {
  readonly onOutput: (data: { stdout?: string; stderr?: string }) => void;
  readonly onClose: (code: number) => void;
}

/** Fake Docker Desktop whose service answers as a test defines. */
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

/** A listener that records its calls. */
function listener() {
  const received: string[] = [];
  const ends: ChannelEnd[] = [];
  const to: ChannelListener = {
    opened: () => received.push("opened"),
    frame: (text) => received.push(text),
    closed: (end) => ends.push(end),
  };
  return { received, ends, to };
}

Deno.test("accepts answers with and without headers", async () => {
  const { transport } = open((url) =>
    url === "/old" ? { a: 1 } : { headers: {}, status: 200, data: { a: 1 } }
  );
  assertEquals([await transport.ask("/old"), await transport.ask("/new")], [{ a: 1 }, { a: 1 }]);
});

Deno.test("finds the server's reason in Desktop's error or answer", async () => {
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

Deno.test("converts an error that has only a status to a refusal", async () => {
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

Deno.test("uses a command in the container when no port is published", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { received, to } = listener();
  transport.open("/stacks?since=0", to);
  const stream = await eventually("the command", () => desktop.streams[0]);
  stream.onOutput({ stdout: '{"message":"Connection established"}\n{"type":"stack-removed"}\n' });
  assertEquals(desktop.asked.at(-1), "exec bridge /stacks?since=0");
  assertEquals(received, ["opened", '{"type":"stack-removed"}']);
});

Deno.test("the end of the command ends the channel with the last error message", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { ends, to } = listener();
  transport.open("/stacks", to);
  const stream = await eventually("the command", () => desktop.streams[0]);
  stream.onOutput({ stderr: "dockstat: Cannot reach DockStat" });
  stream.onClose(1);
  stream.onClose(1);
  assertEquals(ends, [{ code: 1006, reason: "dockstat: Cannot reach DockStat" }]);
});

Deno.test("switches to commands after two failed sockets", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: "ws://127.0.0.1:1" }));
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { ends, to } = listener();
    transport.open("/stacks", to);
    await eventually("the failure", () => ends.length === 1);
  }
  transport.open("/stacks", listener().to);
  await eventually("the command", () => desktop.streams.length === 1);
});

Deno.test("a failed session ends the channel", async () => {
  const { transport } = open(() => {
    throw new Error("no backend");
  });
  const { ends, to } = listener();
  transport.open("/stacks", to);
  await eventually("the end", () => ends.length === 1);
  assert(ends[0]?.reason.includes("no backend"));
});

Deno.test("a channel that is closed before its session arrives reports nothing", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  const { received, ends, to } = listener();
  transport.open("/stacks", to).close();
  await eventually("the command", () => desktop.streams.length === 1);
  desktop.streams[0]!.onOutput({ stdout: '{"message":"Connection established"}' });
  assertEquals([received, ends], [[], []]);
});

Deno.test("the description for diagnostics contains no ticket", async () => {
  const { desktop, transport } = open(() => ({ ...SESSION, wsBase: null }));
  transport.open("/stacks", listener().to);
  await eventually("the command", () => desktop.streams.length === 1);
  assert(!JSON.stringify(transport.describe()).includes(SESSION.ticket));
});

Deno.test("reads and stores text files, and refuses others", async () => {
  const { transport, desktop } = open((url) =>
    url === "/json"
      ? { headers: {}, status: 200, data: { a: 1 } }
      : { headers: {}, status: 200, data: "A=1\n" }
  );
  assertEquals(new TextDecoder().decode(await transport.read("/text")), "A=1\n");
  await assertRejects(() => transport.read("/json"), Unreachable);
  await transport.ask("/file", { method: "PUT", bytes: new TextEncoder().encode("B=2") });
  await assertRejects(() => transport.ask("/file", { method: "PUT", bytes: new Uint8Array([255]) }), Error);
  assertEquals(desktop.asked, ["GET /text", "GET /json", "PUT /file"]);
});
