import { serve, type Server } from "../../server/serve.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { QUICK } from "../fakes/times.ts";

quietLog();

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const NAS = {
  ...{ id: "nas", url: "tcp://10.0.0.5:2376", labels: { site: "home" }, publicName: "nas.lan" },
  tls: { ca: PEM },
};

/** Serves one configured host and those of a data folder, all with fake engines. */
async function serveHosts(data: string, readOnly = false): Promise<Server> {
  const local = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
  const config = testConfig([local], { data });
  const access = { ...config.access, readOnly };
  return await serve({ ...config, access }, {
    times: QUICK,
    openEngine: ({ id }) => new FakeEngine(fakeContainer(`of-${id}`)),
  });
}

/** Sends a request with the token. */
async function ask({ url }: Server, method: string, path: string, body?: unknown): Promise<[number, string]> {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const response = await fetch(url + path, {
    method,
    headers,
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
  return [response.status, await response.text()];
}

async function hostIds(server: Server): Promise<string[]> {
  const [, text] = await ask(server, "GET", "/docker/hosts");
  return (JSON.parse(text) as { hostId: string }[]).map(({ hostId }) => hostId);
}

Deno.test("a host that is added is read, survives a restart, and is removed again", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  {
    await using server = await serveHosts(data);
    const [status, text] = await ask(server, "POST", "/hosts", NAS);
    assertEquals(status, 201, text);
    const { hostId, labels, publicName, managed } = JSON.parse(text);
    assertEquals([hostId, labels, publicName, managed], ["nas", NAS.labels, "nas.lan", true]);
    await eventually("its container", async () => {
      const [, stats] = await ask(server, "GET", "/docker/stats?host=nas");
      return stats.includes("of-nas");
    });
  }
  await using server = await serveHosts(data);
  assertEquals(await hostIds(server), ["Localhost", "nas"]);
  assertEquals(await ask(server, "DELETE", "/hosts/nas"), [204, ""]);
  assertEquals(await hostIds(server), ["Localhost"]);
  assertEquals([...Deno.readDirSync(`${data}/hosts`)], []);
});

Deno.test("the files of an added host are private", async () => {
  using folder = temporaryFolder();
  await using server = await serveHosts(folder.path("data"));
  await ask(server, "POST", "/hosts", NAS);
  const [entry] = [...Deno.readDirSync(folder.path("data/hosts"))];
  const modes = [`data/hosts/${entry?.name}`, `data/hosts/${entry?.name}/ca.pem`, "data/hosts.yaml"]
    .map((name) => (Deno.statSync(folder.path(name)).mode ?? 0) & 0o077);
  assertEquals(modes, [0, 0, 0]);
});

/** Bodies that the page may not send, with a part of the reason. */
const REFUSED: readonly (readonly [name: string, change: Record<string, unknown>])[] = [
  ["a socket path", { url: "unix:///var/run/docker.sock", tls: undefined }],
  ["an option of ssh", { url: "ssh://-oProxyCommand=id", tls: undefined }],
  ["an option as a user of ssh", { url: "ssh://-oProxyCommand=id@host", tls: undefined }],
  ["an encoded option of ssh", { url: "ssh://%2DoProxyCommand=id", tls: undefined }],
  ["a path on the other machine", { url: "ssh://host/etc/passwd", tls: undefined }],
  ["a password", { url: "tcp://user:secret@host:2375" }],
  ["a path behind tcp", { url: "tcp://host:2375/v1" }],
  ["http", { url: "http://169.254.169.254" }],
  ["a port that is too large", { url: "tcp://host:99999" }],
  ["a line break", { url: "tcp://host\n:2375" }],
  ["a file name as a certificate", { tls: { ca: "/etc/shadow" } }],
  ["a key without a certificate", { tls: { key: "-----BEGIN PRIVATE KEY-----" } }],
  ["TLS with ssh", { url: "ssh://host" }],
  ["a context", { context: "lab" }],
  ["an id with a path", { id: "../x" }],
  ["an empty label", { labels: { site: "" } }],
  ...[
    ...["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "LOCALHOST.", "db.localhost", "[::1]"],
    ...["[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "169.254.169.254", "[fe80::1]", "100.100.100.200"],
    ...["[fd00:ec2::254]", "224.0.0.1", "[64:ff9b::7f00:1]"],
  ].map((host) => [`the address ${host}`, { url: `tcp://${host}:2375`, tls: undefined }] as const),
  ["the address of this machine over ssh", { url: "ssh://root@127.0.0.1", tls: undefined }],
];

/** Bodies with an array in place of an object, with the path in the answer. */
const ARRAYS: readonly (readonly [path: string, change: Record<string, unknown>])[] = [
  ["labels", { labels: [] }],
  ["labels", { labels: ["home"] }],
  ["labels.0", { labels: [["site", "home"]] }],
  ["labels.site", { labels: { site: ["home"] } }],
  ["tls", { tls: [] }],
];

for (const [path, change] of ARRAYS) {
  Deno.test(`a host with ${JSON.stringify(change)} is refused with the path ${path}`, async () => {
    using folder = temporaryFolder();
    await using server = await serveHosts(folder.path("data"));
    const [status, text] = await ask(server, "POST", "/hosts", { ...NAS, ...change });
    const { errors } = JSON.parse(text) as { errors: { path: string; message: string }[] };
    assertEquals([status, errors[0]?.path], [422, path], text);
    assert(errors[0]?.message.includes("expected"), text);
  });
}

Deno.test("a refused address is reported with the place that allows it", async () => {
  using folder = temporaryFolder();
  await using server = await serveHosts(folder.path("data"));
  const [, text] = await ask(server, "POST", "/hosts", { id: "own", url: "tcp://169.254.169.254:80" });
  const { errors } = JSON.parse(text) as { errors: { path: string; message: string }[] };
  assertEquals(errors.map(({ path }) => path), ["url"]);
  assert(
    errors[0]?.message.includes(
      "found link-local: expected an address of another machine: only dockstat.yaml",
    ),
    text,
  );
  assert(errors[0]?.message.endsWith("multicast, metadata and reserved addresses"), text);
});

for (const [name, change] of REFUSED) {
  Deno.test(`a host with ${name} is refused and not stored`, async () => {
    using folder = temporaryFolder();
    await using server = await serveHosts(folder.path("data"));
    const [status, text] = await ask(server, "POST", "/hosts", { ...NAS, ...change });
    assertEquals([status, text.includes("shadow"), await hostIds(server)], [422, false, ["Localhost"]]);
    assert(![...Deno.readDirSync(folder.path("data"))].some(({ name }) => name.startsWith("hosts")));
  });
}

Deno.test("an id that exists is refused, and a host of the configuration cannot be removed", async () => {
  using folder = temporaryFolder();
  await using server = await serveHosts(folder.path("data"));
  assertEquals((await ask(server, "POST", "/hosts", { ...NAS, id: "Localhost" }))[0], 409);
  const [status, text] = await ask(server, "DELETE", "/hosts/Localhost");
  assertEquals([status, text.includes("Remove it from dockstat.yaml")], [409, true]);
  assertEquals((await ask(server, "DELETE", "/hosts/unknown"))[0], 404);
});

Deno.test("with --read-only hosts are neither added, tested nor removed", async () => {
  using folder = temporaryFolder();
  await using server = await serveHosts(folder.path("data"), true);
  const answers = await Promise.all([
    ask(server, "POST", "/hosts", NAS),
    ask(server, "POST", "/hosts/test", { url: "tcp://10.0.0.5" }),
    ask(server, "DELETE", "/hosts/nas"),
  ]);
  assertEquals(answers.map(([status]) => status), [403, 403, 403]);
});

Deno.test("a test of an address of this machine is refused, and ten a minute are possible", async () => {
  using folder = temporaryFolder();
  await using server = await serveHosts(folder.path("data"));
  const own = [
    "tcp://127.0.0.1:1",
    "tcp://localhost:1",
    "ssh://localhost",
    "tcp://[::1]:1",
    "tcp://0.0.0.0:1",
  ];
  for (const url of [...own, ...own]) {
    assertEquals(await ask(server, "POST", "/hosts/test", { url }), [200, '{"outcome":"forbidden-address"}']);
  }
  const [status, text] = await ask(server, "POST", "/hosts/test", { url: own[0] });
  assertEquals([status, /Try again in \d+ s/.test(text)], [429, true]);
});

Deno.test("a damaged list of hosts is kept, and does not prevent the start", async () => {
  using folder = temporaryFolder({ "data/hosts.yaml": "hosts: [{ id: nas" });
  await using server = await serveHosts(folder.path("data"));
  assertEquals(await hostIds(server), ["Localhost"]);
  assert(
    [...Deno.readDirSync(folder.path("data"))].some(({ name }) => name.startsWith("hosts.yaml.damaged-")),
  );
});

Deno.test("an edited list of hosts cannot name a socket path", async () => {
  using folder = temporaryFolder({
    "data/hosts.yaml":
      "hosts:\n  - { id: own, url: 'unix:///x.sock' }\n  - { id: nas, url: tcp://10.0.0.5 }\n",
  });
  await using server = await serveHosts(folder.path("data"));
  assertEquals(await hostIds(server), ["Localhost", "nas"]);
});
