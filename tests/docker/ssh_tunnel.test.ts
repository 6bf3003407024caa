import { openTunnel } from "../../server/docker/ssh_tunnel.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertLess, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { fakeSsh, FORWARD } from "../fakes/ssh.ts";

const URL_OF_HOST = new URL("ssh://deploy@vps/var/run/docker.sock");
const SIGNAL = new AbortController().signal;

/** A fake ssh, a folder for tunnels, and the number of tunnels in it. */
function fakeHost(script: string) {
  const ssh = fakeSsh(script);
  const folder = temporaryFolder();
  return {
    ssh,
    options: { command: `${ssh.folder}/ssh`, folder: folder.path("") },
    tunnels: () => [...Deno.readDirSync(folder.path(""))].length,
    [Symbol.dispose]() {
      folder[Symbol.dispose]();
      ssh[Symbol.dispose]();
    },
  };
}

/** Calls back each time a path was found, before the caller learns it. */
function onFound(found: () => void): Disposable {
  const lstat = Deno.lstat;
  Deno.lstat = async (path) => {
    const info = await lstat(path);
    found();
    return info;
  };
  return { [Symbol.dispose]: () => void (Deno.lstat = lstat) };
}

Deno.test("a tunnel whose socket appears as the connect is cancelled is closed", async () => {
  using host = fakeHost(FORWARD);
  const stop = new AbortController();
  using _found = onFound(() => stop.abort());
  await assertRejects(() => openTunnel(URL_OF_HOST, stop.signal, host.options), AppError, "ssh: ");
  assertEquals(host.tunnels(), 0);
});

Deno.test("an open tunnel that is disposed leaves no folder", async () => {
  using host = fakeHost(FORWARD);
  const tunnel = await openTunnel(URL_OF_HOST, SIGNAL, host.options);
  assertEquals(host.tunnels(), 1);
  await tunnel[Symbol.asyncDispose]();
  assertEquals(host.tunnels(), 0);
});

Deno.test("a tunnel that is cancelled before it starts runs no ssh", async () => {
  using host = fakeHost('touch "$0.ran"');
  await assertRejects(() => openTunnel(URL_OF_HOST, AbortSignal.abort(), host.options), DOMException);
  assertEquals([host.tunnels(), host.ssh.files()], [0, ["ssh"]]);
});

Deno.test("without an ssh program no folder remains", async () => {
  using host = fakeHost("exit 1");
  const options = { ...host.options, command: "/nonexistent/ssh" };
  await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL, options), AppError, 'no "ssh" command');
  assertEquals(host.tunnels(), 0);
});

Deno.test("an ssh that ignores SIGTERM is killed when the connect is cancelled", async () => {
  using host = fakeHost("trap '' TERM; echo $$ > \"$0.pid\"; while :; do sleep 0.05; done");
  await assertRejects(
    () => openTunnel(URL_OF_HOST, AbortSignal.timeout(300), host.options),
    AppError,
    "too long",
  );
  assertEquals(host.tunnels(), 0);
});

Deno.test("messages of an ssh that takes too long are not its error", async () => {
  using host = fakeHost(
    "trap 'echo BrokenPipeError >&2; exit 1' TERM; echo Welcome >&2; while :; do sleep 0.05; done",
  );
  const error = await assertRejects(
    () => openTunnel(URL_OF_HOST, AbortSignal.timeout(500), host.options),
    AppError,
  );
  assertEquals(
    error.message,
    'ssh: the login took too long: check how long "ssh deploy@vps" takes',
  );
});

Deno.test("a child of ssh that holds its stderr does not delay the error", async () => {
  using host = fakeHost('sleep 60 & echo $! > "$0.pid"; echo "no route to host" >&2; exit 255');
  const begun = performance.now();
  await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL, host.options), AppError, "ssh: no route to host");
  assertLess(performance.now() - begun, 30_000);
  Deno.kill(Number(host.ssh.read("ssh.pid")), "SIGKILL");
});

Deno.test("an unknown host key is reported with the command that accepts it, without a second full stop", async () => {
  using host = fakeHost('echo "Host key verification failed." >&2; exit 255');
  const error = await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL, host.options), AppError);
  assertEquals(
    error.message,
    'ssh: Host key verification failed: connect once with "ssh deploy@vps" to accept its key',
  );
});

Deno.test("a changed host key is reported as such, not as one to accept", async () => {
  using host = fakeHost(
    'echo "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @" >&2; ' +
      'echo "Host key verification failed." >&2; exit 255',
  );
  const url = new URL("ssh://deploy@vps:2222");
  const error = await assertRejects(() => openTunnel(url, SIGNAL, host.options), AppError);
  assertEquals(
    error.message,
    "ssh: Host key verification failed: its key has changed. If that is expected, remove the old key with " +
      '"ssh-keygen -R \'[vps]:2222\'" and connect once with "ssh -p 2222 deploy@vps"',
  );
});

Deno.test("a refused login is reported with the command that must work", async () => {
  using host = fakeHost('echo "deploy@vps: Permission denied (publickey)." >&2; exit 255');
  const error = await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL, host.options), AppError);
  assertEquals(
    error.message,
    'ssh: deploy@vps: Permission denied (publickey): "ssh deploy@vps" must log in without a prompt',
  );
});
