import {
  endLeftTunnels,
  makeTestFolder,
  makeTunnelFolder,
} from "../../../server/docker/ssh/tunnel_folder.ts";
import { assertEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { fakeSsh } from "../../fakes/ssh.ts";

quietLog();

const LEFT = "dockstat-ssh-left";

/** Ends what is left in a folder; returns the number of tunnels, and the arguments of each call of ssh. */
async function endIn(folder: string): Promise<[number, string]> {
  using ssh = fakeSsh('echo "$@" >> "$0.log"');
  const ended = await endLeftTunnels({ command: `${ssh.folder}/ssh`, folder });
  return [ended, ssh.files().includes("ssh.log") ? ssh.read("ssh.log") : ""];
}

Deno.test("the tunnel of a killed process is ended through its control socket", async () => {
  using files = temporaryFolder({ [`${LEFT}/lock`]: "", [`${LEFT}/c`]: "" });
  const control = files.path(`${LEFT}/c`);
  assertEquals(await endIn(files.path("")), [1, `-F none -S ${control} -O exit -- left\n`]);
  assertEquals([...Deno.readDirSync(files.path(""))], []);
});

Deno.test("the tunnel of a running process is left alone", async () => {
  using files = temporaryFolder();
  await using tunnel = await makeTunnelFolder(files.path(""));
  Deno.writeTextFileSync(tunnel.controlPath, "");
  assertEquals(await endIn(files.path("")), [0, ""]);
});

Deno.test("without a control socket only the folder is removed", async () => {
  using files = temporaryFolder({ [`${LEFT}/lock`]: "" });
  assertEquals(await endIn(files.path("")), [1, ""]);
});

Deno.test("folders and links that no tunnel has made are left alone", async () => {
  using files = temporaryFolder({ "other/lock": "", [`${LEFT}/c`]: "", "dockstat-ssh-file": "" });
  Deno.symlinkSync(files.path("other"), files.path("dockstat-ssh-link"));
  Deno.mkdirSync(files.path("dockstat-ssh-trap"));
  Deno.symlinkSync(files.path("other/lock"), files.path("dockstat-ssh-trap/lock"));
  assertEquals(await endIn(files.path("")), [0, ""]);
});

Deno.test("the keys of a host that a killed process has tested are removed, and those of a running test are not", async () => {
  using files = temporaryFolder({
    "dockstat-test-left/lock": "",
    "dockstat-test-left/key.pem": "PRIVATE KEY",
  });
  await using running = await makeTestFolder(files.path(""));
  assertEquals(await endIn(files.path("")), [0, ""]);
  assertEquals([...Deno.readDirSync(files.path(""))].map(({ name }) => files.path(name)), [running.path]);
});

Deno.test("a folder that another process removes first is closed without an error", async () => {
  using files = temporaryFolder();
  const running = await makeTestFolder(files.path(""));
  Deno.removeSync(running.path, { recursive: true });
  await running[Symbol.asyncDispose]();
});
