/** The server out of file descriptors. */
import { assertEquals, eventually } from "./assert.ts";
import { TestClient } from "./client.ts";
import { startProgram } from "./program.ts";

/** File descriptors that the server may have. */
const DESCRIPTORS = 64;

Deno.test({
  name: "more connections than file descriptors end neither the server nor its open sockets",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using server = startProgram(["serve", "--demo", "2", "--port", "0"], {}, ["-A"], DESCRIPTORS);
    const url = await server.url();
    await using viewer = new TestClient(url, "/docker/stats");
    await viewer.frame("a sample", ({ state }) => state === "running");
    const connections = await Promise.allSettled(Array.from({ length: 2 * DESCRIPTORS }, () => connect(url)));
    await server.says("Cannot accept connections");
    const seen = viewer.frames.length;
    await eventually("the next samples", () => viewer.frames.length > seen);
    for (const connection of connections) if (connection.status === "fulfilled") connection.value.close();
    const health = () => fetch(`${url}/healthz`).then((answer) => answer.json()).catch(() => undefined);
    assertEquals(await eventually("an answer", health), { status: "ok" });
    server.kill("SIGTERM");
    assertEquals(await server.status, 0);
  },
});

Deno.test({
  name: "idle connections beyond the limit do not lock clients out of a server without viewers",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using server = startProgram(["serve", "--demo", "2", "--port", "0"], {}, ["-A"], DESCRIPTORS);
    const url = await server.url();
    const connections = await Promise.allSettled(Array.from({ length: DESCRIPTORS }, () => connect(url)));
    await server.says("Cannot accept connections");
    const health = () => fetch(`${url}/healthz`).then((answer) => answer.json()).catch(() => undefined);
    assertEquals(await eventually("an answer", health), { status: "ok" });
    for (const connection of connections) if (connection.status === "fulfilled") connection.value.close();
  },
});

function connect(url: string): Promise<Deno.Conn> {
  return Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
}
