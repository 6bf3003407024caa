import { openTunnel } from "../../server/docker/ssh_tunnel.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertLess, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { FORWARD, withSsh } from "../fakes/ssh.ts";

const URL_OF_HOST = new URL("ssh://deploy@vps/var/run/docker.sock");
const SIGNAL = new AbortController().signal;

/** Moves temporary folders into a separate one, and counts those of tunnels. */
function ownTemporaryFolder(): Disposable & { tunnels(): number } {
  const folder = temporaryFolder();
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", folder.path(""));
  return {
    tunnels: () =>
      [...Deno.readDirSync(folder.path(""))].filter(({ name }) => name.startsWith("dockstat-ssh-")).length,
    [Symbol.dispose]() {
      if (before === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", before);
      folder[Symbol.dispose]();
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
  using _ssh = withSsh(FORWARD);
  using temporary = ownTemporaryFolder();
  const stop = new AbortController();
  using _found = onFound(() => stop.abort());
  await assertRejects(() => openTunnel(URL_OF_HOST, stop.signal), AppError, "ssh: ");
  assertEquals(temporary.tunnels(), 0);
});

Deno.test("an open tunnel that is disposed leaves no folder", async () => {
  using _ssh = withSsh(FORWARD);
  using temporary = ownTemporaryFolder();
  const tunnel = await openTunnel(URL_OF_HOST, SIGNAL);
  assertEquals(temporary.tunnels(), 1);
  await tunnel[Symbol.asyncDispose]();
  assertEquals(temporary.tunnels(), 0);
});

Deno.test("a tunnel that is cancelled before it starts runs no ssh", async () => {
  using ssh = withSsh('touch "$0.ran"');
  using temporary = ownTemporaryFolder();
  await assertRejects(() => openTunnel(URL_OF_HOST, AbortSignal.abort()), DOMException);
  assertEquals([temporary.tunnels(), ssh.files()], [0, ["ssh"]]);
});

Deno.test("without an ssh program no folder remains", async () => {
  using temporary = ownTemporaryFolder();
  const path = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", "/nonexistent");
  try {
    await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL), AppError, 'no "ssh" command');
  } finally {
    Deno.env.set("PATH", path);
  }
  assertEquals(temporary.tunnels(), 0);
});

Deno.test("an ssh that ignores SIGTERM is killed when the connect is cancelled", async () => {
  using _ssh = withSsh("trap '' TERM; echo $$ > \"$0.pid\"; while :; do sleep 0.05; done");
  using temporary = ownTemporaryFolder();
  await assertRejects(() => openTunnel(URL_OF_HOST, AbortSignal.timeout(300)), AppError, "too long");
  assertEquals(temporary.tunnels(), 0);
});

Deno.test("a child of ssh that holds its stderr does not delay the error", async () => {
  using ssh = withSsh('sleep 60 & echo $! > "$0.pid"; echo "no route to host" >&2; exit 255');
  const begun = performance.now();
  await assertRejects(() => openTunnel(URL_OF_HOST, SIGNAL), AppError, "ssh: no route to host");
  assertLess(performance.now() - begun, 30_000);
  Deno.kill(Number(ssh.read("ssh.pid")), "SIGKILL");
});
