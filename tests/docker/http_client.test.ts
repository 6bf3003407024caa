import { HttpClient } from "../../server/docker/http_client.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";

const SIGNAL = new AbortController().signal;

/** Starts a server that counts connections, answers each request, and can drop its open connections. */
function countingServer() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let connections = 0;
  const running = (async () => {
    for await (const conn of listener) {
      connections++;
      open.add(conn);
      (async () => {
        const buffer = new Uint8Array(4096);
        while (await conn.read(buffer).catch(() => null)) {
          await conn.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).catch(
            () => {},
          );
        }
        if (open.delete(conn)) conn.close();
      })();
    }
  })();
  return {
    connect: () => Deno.connect(address(listener)),
    get connections() {
      return connections;
    },
    get open() {
      return open.size;
    },
    drop() {
      for (const conn of open) conn.close();
      open.clear();
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await running;
    },
  };
}

Deno.test("reuses a connection for the next request", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    for (let n = 0; n < 5; n++) assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  assertEquals(server.connections, 1);
  await eventually("the close", () => server.open === 0);
});

Deno.test("replaces a pooled connection that its peer has closed", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    await client.get("/", SIGNAL);
    server.drop();
    assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  await eventually("the close", () => server.open === 0);
});

Deno.test("a request fails when its signal aborts", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const stop = new AbortController();
  using client = new HttpClient(() => Deno.connect(address(listener)), "x");
  const answer = assertRejects(() => client.get("/", stop.signal), Error);
  using _peer = await accepted;
  stop.abort();
  await answer;
  listener.close();
});

function address(listener: Deno.TcpListener): { readonly hostname: string; readonly port: number } {
  const { hostname, port } = listener.addr as Deno.NetAddr;
  return { hostname, port };
}
