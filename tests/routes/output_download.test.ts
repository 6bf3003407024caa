import type { OutputRequest } from "../../server/docker/engine.ts";
import type { Server } from "../../server/serve.ts";
import { assertEquals, assertLess, eventually } from "../assert.ts";
import { rawConnection, TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { line, messages, serveEngine } from "../output/viewers.ts";

/** Lines that a reading of the whole log yields at a time, 1 MB. */
const BATCH = Array.from({ length: 1000 }, () => line(-100, "x".repeat(1000)));
/** Lines that may be between the engine and a client that does not read. */
const MOST_AHEAD = 64_000;

/** An engine with a log of 1 GB, which counts the lines that have been read of it. */
class LargeEngine extends FakeEngine {
  read = 0;
  open = 0;

  override async *output(id: string, request: OutputRequest, signal: AbortSignal) {
    if (request.follow || request.tail !== undefined) return yield* super.output(id, request, signal);
    this.open++;
    try {
      for (; this.read < 1_000_000 && !signal.aborted; this.read += BATCH.length) {
        yield BATCH;
        await new Promise((resolve) => setTimeout(resolve));
      }
    } finally {
      this.open--;
    }
  }
}

/** Requests an address for a download. */
async function addressOf(server: Server, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const body = JSON.stringify({ path });
  return (await (await fetch(`${server.url}/downloads`, { method: "POST", headers, body })).json()).url;
}

for (const options of ["", "&exclude=healthz&levels=none&timestamps=Europe/Berlin"]) {
  Deno.test(`a download of 1 GB with the options "${options}" costs other viewers no line, and little memory`, async () => {
    const engine = new LargeEngine(fakeContainer("web"));
    await using server = await serveEngine(engine);
    await using viewer = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
    await viewer.frame("the greeting", () => true);
    await eventually("the follower", () => engine.calls.followed > 0);
    const url = await addressOf(server, `/logs/ws?container=web${options}`);
    using download = await rawConnection(server.url);
    await download.write(new TextEncoder().encode(`GET ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
    await eventually("the download", () => engine.read > 0);
    const written = Array.from({ length: 2000 }, (_, index) => `live ${index}`);
    for (const message of written) engine.written.push(line(1, message));
    await eventually("all lines", () => messages(viewer).length >= written.length);
    assertEquals(messages(viewer), written);
    assertLess(engine.read, MOST_AHEAD);
    download.close();
    await eventually("the end of the reading", () => engine.open === 0);
  });
}
