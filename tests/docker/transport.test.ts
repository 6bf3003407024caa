import { openEngine } from "../../server/docker/docker_engine.ts";
import { openTunnel } from "../../server/docker/ssh_tunnel.ts";
import { AppError } from "../../server/errors.ts";
import { assert, assertEquals, assertRejects, eventually } from "../assert.ts";
import { certificates } from "../fakes/certificates.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

async function startTlsEngine(path: (name: string) => string) {
  const [cert, key] = await Promise.all(
    [path("server"), path("server-key")].map((name) => Deno.readTextFile(name)),
  );
  return startHttpEngine({ listen: { hostname: "127.0.0.1", port: 0, cert: cert!, key: key! } });
}

Deno.test("an engine behind TLS is reached with the authority and the certificate of the configuration", async () => {
  using folder = temporaryFolder();
  const path = await certificates(folder);
  await using fake = await startTlsEngine(path);
  const tls = { ca: path("ca"), cert: path("client"), key: path("client-key") };
  await using engine = openEngine({ url: fake.url, tls });
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
});

Deno.test("an engine whose certificate nobody vouches for is not spoken to", async () => {
  using folder = temporaryFolder();
  const path = await certificates(folder);
  await using fake = await startTlsEngine(path);
  await using engine = openEngine({ url: fake.url, tls: {} });
  await assertRejects(() => engine.connect(SIGNAL), AppError);
  assertEquals(fake.seen, []);
});

Deno.test("a TLS file that is not there is named", async () => {
  await using engine = openEngine({ url: "tcp://127.0.0.1:1", tls: { ca: "/nonexistent/ca.pem" } });
  await assertRejects(
    () => engine.connect(SIGNAL),
    AppError,
    'Cannot read the TLS file "/nonexistent/ca.pem"',
  );
});

/** Puts a program called `ssh` first in the PATH for one scope. */
function withSsh(script: string): Disposable {
  const folder = temporaryFolder({ ssh: `#!/bin/sh\n${script}\n` });
  Deno.chmodSync(folder.path("ssh"), 0o755);
  const path = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", `${folder.path("")}:${path}`);
  return {
    [Symbol.dispose]() {
      Deno.env.set("PATH", path);
      folder[Symbol.dispose]();
    },
  };
}

/** Does what `ssh -L socket:target` does when the target is on this machine. */
const FORWARD =
  'for arg; do case "$arg" in *docker.sock:*) ln -s "${arg#*:}" "${arg%%:*}";; esac; done; exec sleep 60';

Deno.test("an engine behind ssh is reached by the user's own ssh, through a socket", async () => {
  using _ssh = withSsh(FORWARD);
  await using fake = startHttpEngine({});
  const socket = fake.url.replace("unix://", "");
  await using engine = openEngine({ url: `ssh://deploy@127.0.0.1:2222${socket}` });
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
  assertEquals(engine.url, `ssh://127.0.0.1:2222${socket}`);
});

Deno.test("when ssh fails, its own words are told", async () => {
  using _ssh = withSsh('echo "deploy@vps: Permission denied (publickey)." >&2; exit 255');
  await using engine = openEngine({ url: "ssh://deploy@vps" });
  await assertRejects(
    () => engine.connect(SIGNAL),
    AppError,
    "ssh: deploy@vps: Permission denied (publickey).",
  );
});

Deno.test("a name that looks like an option of ssh stays a name", async () => {
  using _ssh = withSsh('for arg; do echo "$arg" >&2; done; exit 255');
  await using engine = openEngine({ url: "ssh://-oProxyCommand=touch" });
  const error = await assertRejects(() => engine.connect(SIGNAL), AppError);
  assertEquals(error.code, "engine-unreachable");
});

Deno.test("a connection attempt whose signal has already aborted leaves nothing behind", async () => {
  await using engine = openEngine({ url: "unix:///none" });
  await assertRejects(() => engine.connect(AbortSignal.abort(new Error("shutdown"))), AppError, "shutdown");
});

Deno.test("a tunnel whose socket appears as the wait is aborted is closed again", async () => {
  using scratch = temporaryFolder();
  // Creates its socket at SIGTERM only, which is later than the abort.
  using _ssh = withSsh(`trap 'echo ended > ${scratch.path("ended")}; exit 0' TERM
touch ${scratch.path("started")}
while :; do sleep 0.01; done`);
  const stop = new AbortController();
  const opening = openTunnel(new URL("ssh://slow"), stop.signal);
  await eventually("ssh", () => exists(scratch.path("started")));
  stop.abort(new Error("shutdown"));
  await assertRejects(() => opening, Error, "shutdown");
  assert(exists(scratch.path("ended")));
});

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}
