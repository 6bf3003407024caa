import { openEngine } from "../../server/docker/docker_engine.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { certificates } from "../fakes/certificates.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { FORWARD, withSsh } from "../fakes/ssh.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

async function startTlsEngine(path: (name: string) => string) {
  const [cert, key] = await Promise.all(
    [path("server"), path("server-key")].map((name) => Deno.readTextFile(name)),
  );
  return startHttpEngine({ listen: { hostname: "127.0.0.1", port: 0, cert: cert!, key: key! } });
}

Deno.test("reaches an engine behind TLS with the configured authority and client certificate", async () => {
  using folder = temporaryFolder();
  const path = await certificates(folder);
  await using fake = await startTlsEngine(path);
  const tls = { ca: path("ca"), cert: path("client"), key: path("client-key") };
  await using engine = openEngine({ url: fake.url, tls });
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
});

Deno.test("refuses an engine with an untrusted certificate", async () => {
  using folder = temporaryFolder();
  const path = await certificates(folder);
  await using fake = await startTlsEngine(path);
  await using engine = openEngine({ url: fake.url, tls: {} });
  await assertRejects(() => engine.connect(SIGNAL), AppError);
  assertEquals(fake.seen, []);
});

Deno.test("names the setting of a TLS file that does not exist, and not its path", async () => {
  await using engine = openEngine({ url: "tcp://127.0.0.1:1", tls: { ca: "/nonexistent/ca.pem" } });
  await assertRejects(
    () => engine.connect(SIGNAL),
    AppError,
    "Cannot read the file of tls.ca: there is no such file",
  );
});

Deno.test("names the setting of a TLS file that has no certificate", async () => {
  using folder = temporaryFolder({ "ca.pem": "not a certificate\n" });
  await using engine = openEngine({ url: "tcp://127.0.0.1:1", tls: { ca: folder.path("ca.pem") } });
  await assertRejects(() => engine.connect(SIGNAL), AppError, "tls.ca contains no certificate");
});

Deno.test("reaches an engine behind ssh with the user's own ssh, through a socket", async () => {
  using _ssh = withSsh(FORWARD);
  await using fake = startHttpEngine({});
  const socket = fake.url.replace("unix://", "");
  await using engine = openEngine({ url: `ssh://deploy@127.0.0.1:2222${socket}` });
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
  assertEquals(engine.url, `ssh://127.0.0.1:2222${socket}`);
});

Deno.test("reports the error output of ssh", async () => {
  using _ssh = withSsh('echo "deploy@vps: Permission denied (publickey)." >&2; exit 255');
  await using engine = openEngine({ url: "ssh://deploy@vps" });
  await assertRejects(
    () => engine.connect(SIGNAL),
    AppError,
    "ssh: deploy@vps: Permission denied (publickey)",
  );
});

Deno.test("does not pass a host name as an option to ssh", async () => {
  using _ssh = withSsh('for arg; do echo "$arg" >&2; done; exit 255');
  await using engine = openEngine({ url: "ssh://-oProxyCommand=touch" });
  const error = await assertRejects(() => engine.connect(SIGNAL), AppError);
  assertEquals(error.code, "engine-unreachable");
});

Deno.test("a connection attempt with an aborted signal leaves nothing behind", async () => {
  await using engine = openEngine({ url: "unix:///none" });
  await assertRejects(() => engine.connect(AbortSignal.abort(new Error("shutdown"))), AppError, "shutdown");
});
