import { parseConfigFile } from "../../server/config/config_file.ts";
import { toHosts, toSwarms } from "../../server/config/hosts.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";

const MANAGER = "hosts:\n  - { id: manager, url: unix:///a.sock }\n";

async function read(text: string) {
  const file = await parseConfigFile(text, "dockstat.yaml");
  return { file, source: { name: "dockstat.yaml", text } };
}

Deno.test("a name of a swarm is a source and not a host", async () => {
  const loaded = await read(`${MANAGER}  - { swarm: "tcp://tasks.agent:2375", labels: { site: home } }\n`);
  assertEquals((await toHosts(loaded, {})).map(({ id }) => id), ["manager"]);
  const [source] = await toSwarms(loaded);
  assertEquals([source?.name, source?.port, source?.labels], ["tasks.agent", 2375, { site: "home" }]);
  assertEquals(source?.endpointAt("fd00::3"), { url: "tcp://[fd00::3]:2375", guarded: true });
});

const REFUSED: readonly (readonly [name: string, entry: string, message: string])[] = [
  [
    "an address of another kind",
    "swarm: unix:///a.sock",
    'dockstat.yaml:3:5: hosts[1].swarm: found "unix:///a.sock"',
  ],
  ["a path", "swarm: tcp://tasks.agent/x", "dockstat.yaml:3:5: hosts[1].swarm"],
  ["a login", "swarm: tcp://me@tasks.agent", "dockstat.yaml:3:5: hosts[1].swarm"],
  ["a number", "swarm: 5", "dockstat.yaml:3:5: hosts[1].swarm: found the number 5"],
  [
    "a key of other hosts",
    "{ swarm: tcp://a, id: x }",
    "hosts[1].id: unknown key: allowed here are swarm, tls, labels",
  ],
  ["a missing certificate", "{ swarm: tcp://a, tls: { cert: a } }", "cert and key go together"],
];

for (const [name, entry, message] of REFUSED) {
  Deno.test(`refuses ${name} as the name of a swarm, with its place`, async () => {
    await assertRejects(() => read(`${MANAGER}  - ${entry}\n`), AppError, message);
  });
}

Deno.test("a name of a swarm needs a host that can be its manager", async () => {
  const text = "hosts:\n  - swarm: tcp://tasks.agent:2375\n";
  await assertRejects(
    () => read(text),
    AppError,
    "dockstat.yaml:2:5: hosts[0].swarm: a manager of the swarm is missing",
  );
});

Deno.test("unknown keys of other hosts still list their own keys", async () => {
  await assertRejects(
    () => read("hosts:\n  - { id: a, url: tcp://a, swam: x }\n"),
    AppError,
    "allowed here are id, url, context, tls, labels, publicName",
  );
});
