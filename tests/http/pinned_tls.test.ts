import { askUnchecked, relayTo } from "../../server/http/pinned_tls.ts";
import { run } from "../../tools/engine/run.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";

/** Creates certificates of the kinds that users have: by a CA for another name, and openssl's default. */
async function selfSigned(folder: TemporaryFolder, name: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [folder.path(`${name}.pem`), folder.path(`${name}-key.pem`)];
  const subject = ["-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`];
  await run("openssl", ["req", "-x509", "-days", "2", ...subject, "-keyout", key, "-out", cert]);
  return { cert: await Deno.readTextFile(cert), key: await Deno.readTextFile(key) };
}

/** Serves over TLS, and echoes on WebSockets. */
function serveTls(pair: { cert: string; key: string }) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {}, ...pair }, (request) => {
    if (request.headers.get("upgrade") !== "websocket") {
      return Response.json({ path: new URL(request.url).pathname });
    }
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  return {
    address: { hostname: "127.0.0.1", port: server.addr.port },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("reaches a server with its self-signed certificate for another name", async () => {
  using folder = temporaryFolder();
  const pair = await selfSigned(folder, "dock.example.org");
  await using server = serveTls(pair);
  await using relay = await relayTo(server.address, pair.cert);
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  const answer = await fetch(`http://127.0.0.1:${relay.port}/stacks`, { client });
  assertEquals(await answer.json(), { path: "/stacks" });
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/`);
  const echo = new Promise((resolve) => socket.onmessage = ({ data }) => resolve(data));
  socket.onopen = () => socket.send("hello");
  assertEquals(await echo, "hello");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});

Deno.test("sends nothing to a server with another certificate", async () => {
  using folder = temporaryFolder();
  await using server = serveTls(await selfSigned(folder, "other"));
  const { cert } = await selfSigned(folder, "own");
  await using relay = await relayTo(server.address, cert);
  await assertRejects(() => fetch(`http://127.0.0.1:${relay.port}/stacks`), TypeError);
  assertStringIncludes(relay.failure?.message ?? "", "certificate is not the one");
});

Deno.test("reports that nothing listens", async () => {
  using folder = temporaryFolder();
  const { cert } = await selfSigned(folder, "own");
  await using relay = await relayTo({ hostname: "127.0.0.1", port: 1 }, cert);
  await assertRejects(() => fetch(`http://127.0.0.1:${relay.port}/`), TypeError);
  assertStringIncludes(relay.failure?.message ?? "", "ECONNREFUSED");
});

Deno.test("asks an unknown TLS server, and fails without TLS", async () => {
  using folder = temporaryFolder();
  await using server = serveTls(await selfSigned(folder, "own"));
  const signal = AbortSignal.timeout(10_000);
  assertStringIncludes(await askUnchecked(server.address, "/healthz", signal), '{"path":"/healthz"}');
  const plain = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => new Response("x"));
  await assertRejects(
    () => askUnchecked({ hostname: "127.0.0.1", port: plain.addr.port }, "/", signal),
    Error,
  );
  await plain.shutdown();
});
