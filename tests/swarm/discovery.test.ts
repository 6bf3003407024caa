import type { HostConfig, SwarmSource } from "../../server/config/hosts.ts";
import { Discovery, type Membership } from "../../server/swarm/discovery.ts";
import { hostIdOf } from "../../server/swarm/known_node.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";

quietLog();

const SIGNAL = new AbortController().signal;

function source(tls?: SwarmSource["tls"]): SwarmSource {
  return {
    ...{ name: "tasks.agent", port: 2375 },
    ...tls && { tls },
    endpointAt: (address) => ({ url: `tcp://${address}:2375`, guarded: true, ...tls && { tls } }),
  };
}

/** A swarm whose names, engines and members a test changes. */
function swarm(sources: readonly SwarmSource[] = [source()]) {
  const it = {
    /** Node ids by the address of the engine; `null` for one that does not answer. */
    engines: {} as Record<string, string | null | undefined>,
    addresses: undefined as readonly string[] | undefined,
    members: new Map([["n1", "web"], ["n2", "web"], ["n3", "db"]]),
    configured: new Set<string>(),
    manager: true,
    complete: true,
    now: 0,
    asked: [] as string[],
    hosts: [] as readonly HostConfig[],
    applied: 0,
    discovery: undefined as unknown as Discovery,
    async round(): Promise<Record<string, string>> {
      await it.discovery.round(SIGNAL);
      return Object.fromEntries(
        it.hosts.flatMap((host) => host.kind === "docker" ? [[host.id, host.endpoint.url]] : []),
      );
    },
  };
  const membership = (): Membership | undefined =>
    it.manager ? { nodes: it.members, configured: it.configured, complete: it.complete } : undefined;
  it.discovery = new Discovery(sources, {
    membership: () => Promise.resolve(membership()),
    resolve: () => Promise.resolve(it.addresses ?? Object.keys(it.engines)),
    identify: ({ url }) => {
      const address = url.replace(/^tcp:\/\/|:2375$/g, "");
      it.asked.push(address);
      const id = it.engines[address];
      return id === null ? Promise.reject(new Error("refused")) : Promise.resolve(id);
    },
    apply: (hosts) => Promise.resolve(void (it.hosts = hosts, it.applied++)),
    now: () => it.now,
  });
  return it;
}

Deno.test("every node behind the name becomes a host, also with equal names of machines", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1", "10.0.1.4": "n2" };
  assertEquals(await it.round(), { "web-n1": "tcp://10.0.1.3:2375", "web-n2": "tcp://10.0.1.4:2375" });
});

Deno.test("an engine that is not a node of the manager's swarm does not become a host", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "stranger", "10.0.1.4": undefined, "10.0.1.5": null };
  assertEquals(await it.round(), {});
});

Deno.test("nothing becomes a host while no manager answers, and known hosts stay", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  it.manager = false;
  assertEquals(await it.round(), {});
  it.manager = true;
  await it.round();
  it.manager = false;
  it.engines = { "10.0.1.3": "n1", "10.0.1.4": "n2" };
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
});

Deno.test("a node without verified TLS is view only", async () => {
  for (const [tls, viewOnly] of [[undefined, true], [{ ca: "/ca.pem" }, false]] as const) {
    const it = swarm([source(tls)]);
    it.engines = { "10.0.1.3": "n1" };
    await it.round();
    const [host] = it.hosts;
    assertEquals(host?.kind === "docker" && host.node, { id: "n1", viewOnly });
  }
});

Deno.test("loopback, link-local and metadata addresses are not even asked", async () => {
  const it = swarm();
  it.engines = {
    ...{ "127.0.0.1": "n1", "::1": "n1", "169.254.1.2": "n1", "fe80::1": "n1", "169.254.169.254": "n1" },
    ...{ "::ffff:127.0.0.1": "n1", "0.0.0.0": "n1", "10.0.1.4": "n2" },
  };
  assertEquals(Object.keys(await it.round()), ["web-n2"]);
  assertEquals(it.asked, ["10.0.1.4"]);
});

Deno.test("at most 256 addresses are asked and become hosts", async () => {
  const it = swarm();
  for (let index = 0; index < 300; index++) {
    it.engines[`10.0.${index >> 8}.${index & 255}`] = `node${index}`;
    it.members.set(`node${index}`, "many");
  }
  assertEquals(Object.keys(await it.round()).length, 256);
  assertEquals(it.asked.length, 256);
});

Deno.test("a node that answers at two addresses is one host, which keeps its address", async () => {
  const it = swarm();
  it.engines = { "10.0.1.9": "n1" };
  await it.round();
  it.engines = { "10.0.1.3": "n1", "10.0.1.9": "n1", "fd00::3": "n1" };
  assertEquals(await it.round(), { "web-n1": "tcp://10.0.1.9:2375" });
  assertEquals(it.applied, 1);
});

Deno.test("a node of a configured host is not read twice", async () => {
  const it = swarm();
  it.configured.add("n1");
  it.engines = { "10.0.1.3": "n1", "10.0.1.4": "n2" };
  assertEquals(Object.keys(await it.round()), ["web-n2"]);
});

Deno.test("a found node that is configured later is removed at once", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.configured.add("n1");
  it.now = 1;
  assertEquals(await it.round(), {});
});

Deno.test("a node with a new address stays the same host", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.engines = { "10.0.1.7": "n1" };
  assertEquals(await it.round(), { "web-n1": "tcp://10.0.1.7:2375" });
});

Deno.test("two nodes that exchange their addresses stay the same hosts", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1", "10.0.1.4": "n2" };
  await it.round();
  it.engines = { "10.0.1.3": "n2", "10.0.1.4": "n1" };
  assertEquals(await it.round(), { "web-n1": "tcp://10.0.1.4:2375", "web-n2": "tcp://10.0.1.3:2375" });
});

Deno.test("a node whose machine has a new name stays the same host", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.members.set("n1", "renamed");
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
});

Deno.test("an absent node is removed after five minutes", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.engines = {};
  it.now = 299_000;
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
  it.now = 300_000;
  assertEquals(await it.round(), {});
});

Deno.test("a node that does not answer stays while the name has its address", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.engines = { "10.0.1.3": null };
  it.now = 299_000;
  await it.round();
  it.now = 900_000;
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
});

Deno.test("a node that the manager has removed is gone after five minutes", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.members.delete("n1");
  it.now = 300_000;
  assertEquals(await it.round(), {});
});

Deno.test("a silent node stays while one of several managers does not answer", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.members.delete("n1");
  it.complete = false;
  it.engines = { "10.0.1.3": null };
  it.now = 300_000;
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
});

Deno.test("a name that does not resolve counts as absence", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.addresses = [];
  assertEquals(Object.keys(await it.round()), ["web-n1"]);
});

Deno.test("a name that is no longer configured takes its hosts with it", async () => {
  const it = swarm();
  it.engines = { "10.0.1.3": "n1" };
  await it.round();
  it.discovery.configure([]);
  assertEquals(await it.round(), {});
});

Deno.test("ids of hosts are valid, whatever the name of the machine is", () => {
  for (const name of ["", "../../etc", "<b>", "ä".repeat(100), "x".repeat(100), "\u202eabc", "-v"]) {
    assertMatch(hostIdOf(name, "vb8bscfuczw2glg39xifden1y"), /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/);
  }
});

Deno.test("known nodes stay when strangers fill the name with addresses before theirs", async () => {
  const it = swarm();
  it.engines = { "10.0.9.1": "n1", "10.0.9.2": "n2" };
  const known = await it.round();
  const others = Array.from({ length: 1000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
  it.addresses = [...others, "10.0.9.1", "10.0.9.2"];
  it.now = 400_000;
  assertEquals(await it.round(), known);
  assertEquals(it.asked.length, 2 + 256);
});
