import { assertEquals, assertThrows } from "../../../../../tests/assert.ts";
import { openBridge } from "../../../src/lib/transport/bridge.ts";
import type { DesktopClient } from "../../../src/lib/transport/desktop.ts";
import { FakeListener } from "../../fakes/channel_listener.ts";

interface Stream {
  readonly onOutput: (data: { stdout?: string; stderr?: string }) => void;
  readonly onError: (error: unknown) => void;
  readonly onClose: (code: number) => void;
}

const GREETING = '{"message":"Connection established"}';

function open(path = "/docker/stats?batch=1") {
  const commands: string[][] = [];
  const listener = new FakeListener();
  let stream: Stream | undefined;
  let closes = 0;
  const exec = (command: string, args: string[], options: { stream: Stream }) => {
    commands.push([command, ...args]);
    stream = options.stream;
    return { close: () => closes++ };
  };
  const client = { extension: { vm: { cli: { exec } } } } as unknown as DesktopClient;
  const channel = openBridge(client, path, listener);
  return { channel, listener, commands, stream: stream!, closes: () => closes };
}

Deno.test("a bridge starts the command for its path", () => {
  assertEquals(open("/stacks?since=4").commands, [["dockstat", "bridge", "/stacks?since=4"]]);
});

Deno.test("the greeting opens the channel, and each line after it is a frame", () => {
  const { listener, stream } = open();
  stream.onOutput({ stdout: GREETING });
  stream.onOutput({ stdout: '{"id":"a"}' });
  assertEquals(listener.received, ["opened", '{"id":"a"}']);
});

Deno.test("splits output into lines and skips empty ones", () => {
  const { listener, stream } = open();
  stream.onOutput({ stdout: `${GREETING}\n\n{"a":1}\n{"b":2}\n` });
  assertEquals(listener.received, ["opened", '{"a":1}', '{"b":2}']);
});

Deno.test("reports stderr as the reason of the end, not as a frame", () => {
  const { listener, stream } = open();
  stream.onOutput({ stderr: "no such path\n" });
  stream.onClose(1);
  assertEquals([listener.received, listener.ends], [[], [{ code: 1006, reason: "no such path" }]]);
});

Deno.test("a command that ends without a reason reports its exit code", () => {
  const { listener, stream } = open();
  stream.onClose(137);
  assertEquals(listener.ends.length, 1);
  assertEquals(listener.ends[0]!.reason.includes("137"), true);
});

Deno.test("an error and the end after it close the channel once", () => {
  const { listener, stream } = open();
  stream.onError(new Error("spawn failed"));
  stream.onClose(1);
  assertEquals(listener.ends, [{ code: 1006, reason: "Error: spawn failed" }]);
});

Deno.test("closing the channel ends the command and stops all reports", () => {
  const { channel, listener, stream, closes } = open();
  channel.close();
  stream.onOutput({ stdout: "late" });
  stream.onClose(0);
  assertEquals([closes(), listener.received, listener.ends], [1, [], []]);
});

Deno.test("throws when Docker Desktop offers no commands", () => {
  const client = { extension: {} } as unknown as DesktopClient;
  assertThrows(() => openBridge(client, "/stacks", new FakeListener()), Error);
});
