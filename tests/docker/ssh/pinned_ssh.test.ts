import { pinnedSshOptions } from "../../../server/docker/ssh/pinned_ssh.ts";
import { openTransport } from "../../../server/docker/transport.ts";
import { AppError } from "../../../server/errors.ts";
import { OutboundClient } from "../../../server/outbound/client.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { fakeSsh, withSsh } from "../../fakes/ssh.ts";

const SIGNAL = new AbortController().signal;
const VPS = new URL("ssh://deploy@vps.test:2222");

/** Asks for the options with an ssh that prints some settings. */
async function optionsOf(settings: string, address?: string, url = VPS): Promise<readonly string[]> {
  using ssh = fakeSsh(`printf '${settings}'`);
  return await pinnedSshOptions(url, address, SIGNAL, `${ssh.folder}/ssh`);
}

Deno.test("ssh goes to the checked address, and finds the host's key under its name and port", async () => {
  assertEquals(await optionsOf("hostname vps.test\\nport 2222\\n", "10.0.0.5"), [
    "HostName=10.0.0.5",
    "HostKeyAlias=[vps.test]:2222",
  ]);
});

Deno.test("the name alone is the alias at the usual port", async () => {
  const options = await optionsOf("hostname vps.test\\nport 22\\n", "10.0.0.5", new URL("ssh://vps.test"));
  assertEquals(options[1], "HostKeyAlias=vps.test");
});

Deno.test("the user's own name for the host's key stays", async () => {
  const settings = "hostname vps.test\\nport 22\\nhostkeyalias lab\\n";
  assertEquals(await optionsOf(settings, "10.0.0.5"), ["HostName=10.0.0.5"]);
});

for (
  const line of ["hostname 10.1.1.1", "hostname vps.test\\nproxyjump bastion", "proxycommand nc %%h %%p"]
) {
  Deno.test(`the user's settings win: ${line}`, async () => {
    assertEquals(await optionsOf(`${line}\\nport 22\\n`), []);
  });
}

Deno.test("a name that neither the system nor the settings know is reported", async () => {
  await assertRejects(() => optionsOf("hostname vps.test\\n"), AppError, "vps.test does not resolve");
});

Deno.test("the tunnel of a host of the page passes the checked address to ssh", async () => {
  using ssh = withSsh(
    'case "$1" in -G) echo "hostname vps.test"; echo "port 22"; exit;; esac; echo "$*" > "$0.args"; exit 255',
  );
  const guard = new OutboundClient({ resolve: () => Promise.resolve(["10.0.0.5"]) });
  const endpoint = { url: "ssh://deploy@vps.test", guarded: true };
  await assertRejects(() => openTransport(endpoint, SIGNAL, guard), AppError);
  const args = ssh.read("ssh.args");
  assert(args.includes("-o HostName=10.0.0.5 -o HostKeyAlias=vps.test"), args);
});
