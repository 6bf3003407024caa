/** A program that has the certificate of a server, which is public, and not its key. */
import { relayTo } from "../../server/http/pinned_tls.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";
import { freePort } from "../free_port.ts";

/** First byte of a TLS record that is an alert, and the alert of an invalid signature. */
const ALERT = 21;
const DECRYPT_ERROR = 51;

function listen(): Deno.TcpListener & { readonly port: number } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return Object.assign(listener, { port: (listener.addr as Deno.NetAddr).port });
}

async function read(connection: Deno.TcpConn): Promise<Uint8Array> {
  const buffer = new Uint8Array(16 * 1024);
  const count = await connection.read(buffer);
  if (count === null) throw new Error("The connection has ended");
  return buffer.slice(0, count);
}

/** Reads until the end of a server's first messages, a "ServerHelloDone". */
async function readFlight(connection: Deno.TcpConn): Promise<Uint8Array<ArrayBuffer>> {
  const bytes: number[] = [];
  while (bytes.slice(-4).join() !== "14,0,0,0") bytes.push(...await read(connection));
  return new Uint8Array(bytes);
}

/** Starts a server that speaks TLS 1.2 only; its first messages need no secret of the client. */
async function startServer(folder: TemporaryFolder, port: number): Promise<AsyncDisposable> {
  const [cert, key] = [folder.path("cert.pem"), folder.path("key.pem")];
  const subject = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=own"];
  await run("openssl", ["req", "-x509", "-days", "2", ...subject, "-keyout", key, "-out", cert]);
  const args = ["s_server", "-tls1_2", "-accept", `127.0.0.1:${port}`, "-cert", cert, "-key", key, "-quiet"];
  const server = new Deno.Command("openssl", { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await server.status;
    },
  };
}

/** Records what the server answers to the first message of a client: its certificate, and a signature. */
async function recordedAnswer(folder: TemporaryFolder): Promise<Uint8Array<ArrayBuffer>> {
  const port = freePort();
  await using _server = await startServer(folder, port);
  using far = await eventually("the TLS server", () => Deno.connect({ port }).catch(() => undefined));
  using near = listen();
  const client = tryRun("openssl", ["s_client", "-tls1_2", "-connect", `127.0.0.1:${near.port}`]);
  const connection = await near.accept();
  await far.write(await read(connection));
  const answer = await readFlight(far);
  connection.close();
  await client;
  return answer;
}

Deno.test("sends nothing to a program that has the certificate without its key", async () => {
  using folder = temporaryFolder();
  const answer = await recordedAnswer(folder);
  using impostor = listen();
  await using relay = await relayTo(
    { hostname: "127.0.0.1", port: impostor.port },
    await Deno.readTextFile(folder.path("cert.pem")),
  );
  const refused = assertRejects(() => fetch(`http://127.0.0.1:${relay.port}/stacks`), TypeError);
  using connection = await impostor.accept();
  await read(connection);
  // The signature is that of another connection.
  await connection.write(answer);
  const [kind, , , , , , alert] = await read(connection);
  assertEquals([kind, alert], [ALERT, DECRYPT_ERROR]);
  await refused;
});
