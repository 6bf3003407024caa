import { openDockerode, sendWith } from "../../../server/docker/dockerode.ts";
import { openTransport, type Transport } from "../../../server/docker/transport.ts";
import { OutboundClient } from "../../../server/outbound/client.ts";
import { AppError } from "../../../server/errors.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { certificates } from "../../fakes/certificates.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { type HttpEngine, startHttpEngine } from "../../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;
/** Names below `.test` resolve to nothing, so that every connection to the engine went to the checked address. */
const NAME = "engine.test";

/** A guard for which a name has other addresses each time; 127.0.0.1 is allowed. */
function guardOf(...answers: (readonly string[])[]): OutboundClient {
  const resolve = () => Promise.resolve(answers.shift() ?? []);
  return new OutboundClient({ allow: [{ address: "127.0.0.1", port: undefined }], resolve });
}

interface Lab extends AsyncDisposable {
  readonly engine: HttpEngine;
  /** Opens the way to the engine under a name. */
  open(name?: string): Promise<Transport>;
}

async function lab(): Promise<Lab> {
  const folder = temporaryFolder();
  const path = await certificates(folder);
  const [cert, key] = ["server", "server-key"].map((name) => Deno.readTextFileSync(path(name)));
  const engine = startHttpEngine({ listen: { hostname: "127.0.0.1", port: 0, cert: cert!, key: key! } });
  const tls = { ca: path("ca"), cert: path("client"), key: path("client-key") };
  return {
    engine,
    open: (name = NAME) => {
      const url = engine.url.replace("127.0.0.1", name);
      return openTransport({ url, tls, guarded: true }, SIGNAL, guardOf(["127.0.0.1"], ["127.0.0.2"]));
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("TLS goes to the checked address, and the certificate belongs to the name", async () => {
  await using opened = await lab();
  await using transport = await opened.open();
  const answers = [
    await transport.client.get("/_ping", SIGNAL),
    await transport.client.get("/_ping", SIGNAL),
  ];
  assertEquals(answers.map(({ head }) => head.status), [200, 200]);
});

Deno.test("calls through dockerode go to the checked address as well", async () => {
  await using opened = await lab();
  await using transport = await opened.open();
  const docker = openDockerode(transport.address, "v1.51");
  const answer = await sendWith(docker, { method: "GET", path: "/_ping", body: undefined }, SIGNAL);
  assertEquals([answer.head.status, opened.engine.seen.length], [200, 1]);
});

Deno.test("TLS to a checked address refuses the certificate of another name", async () => {
  await using opened = await lab();
  await using transport = await opened.open("other.test");
  await assertRejects(() => transport.client.get("/_ping", SIGNAL), Error, "certificate");
  assertEquals(opened.engine.seen, []);
});

Deno.test("a name with one address of this machine is refused before a connection is made", async () => {
  await using opened = await lab();
  const url = opened.engine.url.replace("127.0.0.1", NAME);
  const guard = guardOf(["127.0.0.1", "169.254.169.254"]);
  const error = await assertRejects(() => openTransport({ url, guarded: true }, SIGNAL, guard), AppError);
  assertEquals(error.code, "forbidden");
  assert(error.message.includes("link-local"), error.message);
});

Deno.test("a stream over a pinned connection ends when its signal aborts", async () => {
  await using opened = await lab();
  await using transport = await opened.open();
  const stop = new AbortController();
  const stream = transport.client.stream("/events", stop.signal);
  const reading = stream.next();
  stop.abort();
  await assertRejects(() => reading, Error);
});
