import { HostsFile } from "../../server/hosts/hosts_file.ts";
import { assert, assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { quietLog } from "../fakes/quiet_log.ts";

quietLog();

const HOSTS = "hosts:\n" +
  "  - { id: nas, url: tcp://10.0.0.5, tls: { ca: hosts/nas-01234567/ca.pem } }\n" +
  "  - { id: vps, url: tcp://10.0.0.6, labels: { site: home }, publicName: vps.lan }\n";

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a missing PEM file does not remove the hosts", async () => {
  using folder = temporaryFolder({ "hosts.yaml": HOSTS });
  const [nas, vps, ...more] = await new HostsFile(folder.path("")).read();
  assertEquals(nas?.endpoint, {
    ...{ url: "tcp://10.0.0.5", guarded: true },
    tls: { ca: folder.path("hosts/nas-01234567/ca.pem") },
  });
  assertEquals([vps?.labels, vps?.publicName, more], [{ site: "home" }, "vps.lan", []]);
  assertEquals(names(folder.path("")), ["hosts.yaml"]);
});

Deno.test("keys of hosts that a killed process did not add, or did not remove, are removed", async () => {
  using folder = temporaryFolder({
    ...{ "hosts.yaml": HOSTS, "hosts/nas-01234567/ca.pem": "", "hosts/gone-89abcdef/key.pem": "" },
    "hosts/mine/key.pem": "",
  });
  await new HostsFile(folder.path("")).read();
  assertEquals(names(folder.path("hosts")), ["mine", "nas-01234567"]);
  Deno.removeSync(folder.path("hosts.yaml"));
  await new HostsFile(folder.path("")).read();
  assertEquals(names(folder.path("hosts")), ["mine"]);
});

Deno.test("keys stay while a damaged list may name them", async () => {
  using folder = temporaryFolder({ "hosts.yaml": "hosts: [{", "hosts/nas-01234567/ca.pem": "" });
  for (let start = 0; start < 2; start++) {
    assertEquals(await new HostsFile(folder.path("")).read(), []);
    assert(names(folder.path("hosts")).includes("nas-01234567"));
  }
});
