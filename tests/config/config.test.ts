import { type Flags, resolveConfig } from "../../server/config/config.ts";
import type { Environment } from "../../server/config/docker_context.ts";
import { AppError } from "../../server/errors.ts";
import { redact } from "../../server/log/redact.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** A home folder without Docker settings, so that those of this machine do not matter. */
const HOME = { HOME: "/nonexistent" };

function config(flags: Flags = {}, env: Environment = {}) {
  return resolveConfig(flags, { ...HOME, ...env }, "linux");
}

async function refusal(flags: Flags, env: Environment = {}): Promise<string> {
  const error = await assertRejects(() => config(flags, env), AppError);
  assertEquals(error.code, "usage");
  return error.message;
}

Deno.test("uses the default socket and the loopback address by default", async () => {
  const { hosts, listen, data, history } = await config();
  assertEquals(hosts, [{
    kind: "docker",
    id: "Localhost",
    endpoint: { url: "unix:///var/run/docker.sock" },
  }]);
  assertEquals(listen, { host: "127.0.0.1", port: 9876, socket: undefined, basePath: "" });
  const past = { keepMs: 30 * 86_400_000, always: "auto" };
  assertEquals([data, history], ["/nonexistent/.local/share/dockstat", past]);
});

Deno.test("flags override the environment, which overrides the file, which overrides the defaults", async () => {
  using folder = temporaryFolder({
    "dockstat.yaml": "listen: { host: 127.0.0.2, port: 1 }\nhistory: { keep: 10m }\n",
  });
  const file = { config: folder.path("dockstat.yaml") };
  const env = { DOCKSTAT_PORT: "2", DOCKSTAT_LOG_LEVEL: "WARN" };
  const { listen, history, log } = await config({ ...file, port: "3" }, env);
  assertEquals([listen.host, listen.port, history.keepMs, log.level], ["127.0.0.2", 3, 600_000, "warn"]);
  assertEquals((await config(file, env)).listen.port, 2);
  assertEquals((await config(file)).listen.port, 1);
});

Deno.test("an empty variable counts as not set", async () => {
  assertEquals((await config({}, { DOCKSTAT_PORT: "" })).listen.port, 9876);
});

const REFUSED: readonly (readonly [Flags, Environment, string])[] = [
  [{ port: "http" }, {}, '--port: found "http": expected a whole number from 0 to 65535'],
  [{ port: "65536" }, {}, "--port"],
  [{ host: "not a host!" }, {}, '--host: found "not a host!": expected an address such as 127.0.0.1'],
  [{}, { DOCKSTAT_HOST: "http://127.0.0.1" }, "DOCKSTAT_HOST"],
  [{ host: "127.0.0.1:9876" }, {}, "--host"],
  [{ port: "-1" }, {}, "--port"],
  [{}, { DOCKSTAT_PORT: "1e3" }, "DOCKSTAT_PORT"],
  [{ logLevel: "loud" }, {}, '--log-level: found "loud": expected one of debug, info, warn, error, fatal'],
  [{ logFormat: "xml" }, {}, "--log-format"],
  [{ demo: "many" }, {}, "--demo"],
  [{ demo: "0" }, {}, "--demo"],
  [
    {},
    { DOCKSTAT_DEMO: "yes" },
    'DOCKSTAT_DEMO: found "yes": expected a number of containers from 1 to 10000',
  ],
  [{ config: "nowhere.yaml" }, {}, '--config: cannot read "nowhere.yaml": there is no such file'],
  [{}, { DOCKER_HOST: "npipe:////./pipe/docker_engine" }, "DOCKER_HOST"],
  [{}, { DOCKER_CONTEXT: "lab" }, 'Docker context "lab"'],
];

for (const [flags, env, message] of REFUSED) {
  Deno.test(`${JSON.stringify({ ...flags, ...env })} is refused`, async () => {
    assertStringIncludes(await refusal(flags, env), message);
  });
}

const BAD_FILES: readonly (readonly [what: string, text: string, message: string])[] = [
  [
    "an unknown key",
    "listen:\n  host: 127.0.0.1\n  prot: 9876\n",
    "3:3: listen.prot: unknown key: allowed here are host, port",
  ],
  [
    "an unknown key at the top",
    "host: x\n",
    "1:1: host: unknown key: allowed here are hosts, listen, stacks, history, reader, limits",
  ],
  [
    "a wrong type",
    'listen:\n  port: "9876"\n',
    '2:3: listen.port: found "9876": expected a whole number from 0 to 65535',
  ],
  ["hosts that are not a list", "hosts: nas\n", '1:1: hosts: found "nas": expected a list of hosts'],
  [
    "labels that are not texts",
    "hosts:\n  - id: a\n    url: unix:///a\n    labels: { site: 5 }\n",
    "4:15: hosts[0].labels.site: found the number 5: expected a text",
  ],
  [
    "an address that is not one",
    "listen: { host: '0.0.0.0:80' }\n",
    'listen.host: found "0.0.0.0:80": expected an address such as 127.0.0.1',
  ],
  ["an empty list", "hosts: []\n", "expected a list with at least one host"],
  [
    "a bad address in a list",
    "hosts:\n  - id: a\n    url: unix:///a\n  - id: b\n    url: ftp://b\n",
    '5:5: hosts[1].url: found "ftp://b": expected an address such as',
  ],
  ["a host without an id", "hosts:\n  - url: unix:///a\n", "hosts[0].id: missing, but required here"],
  [
    "two hosts with the same id",
    "hosts:\n  - {id: a, url: 'unix:///a'}\n  - {id: a, url: 'unix:///b'}\n",
    '"a" is already used',
  ],
  [
    "a host without an address",
    "hosts:\n  - id: a\n",
    "found neither url nor context: expected one of the two",
  ],
  [
    "a key without its certificate",
    "hosts: [{id: a, url: 'tcp://a:1', tls: {key: k}}]\n",
    "cert and key go together",
  ],
  [
    "an invalid duration",
    "history: { keep: 5 }\n",
    "found the number 5: expected a duration from 1m to 30d",
  ],
  ["too many at once", "stacks:\n  parallel: 1000\n", "2:3: stacks.parallel: found the number 1000"],
  [
    "a key of compose files that is not in a list",
    "stacks:\n  allowKeys: pre_build\n",
    '2:3: stacks.allowKeys: found "pre_build": expected a list of keys of compose files',
  ],
  [
    "a key of compose files that is not a text",
    "stacks:\n  allowKeys:\n    - pre_build\n    - 5\n",
    "4:7: stacks.allowKeys[1]: found the number 5: expected the name of a key",
  ],
  ["an empty key of compose files", "stacks: {allowKeys: ['']}\n", 'found "": expected the name of a key'],
  [
    "an unknown key of stacks",
    "stacks: {allowedKeys: []}\n",
    "stacks.allowedKeys: unknown key: allowed here are parallel, allowKeys",
  ],
  ["invalid YAML", "listen: {\n  port: 1\n", "not YAML"],
  ["a duplicate key", "listen: {}\nlisten: {}\n", "not YAML"],
  [
    "a text instead of keys",
    "hello\n",
    'found "hello": expected the keys hosts, listen, stacks, history, reader, limits, exec, updates, outbound, otlp, git, ' +
    "alerts and channels",
  ],
];

for (const [what, text, message] of BAD_FILES) {
  Deno.test(`a file with ${what} is refused with its file, line and column`, async () => {
    using folder = temporaryFolder({ "dockstat.yaml": text });
    const name = folder.path("dockstat.yaml");
    const reason = await refusal({ config: name });
    assertStringIncludes(reason, message);
    assertStringIncludes(reason, `${name}:`);
  });
}

Deno.test("an invalid address is reported on one line, with an example and without its password", async () => {
  const addressRefusal = async (url: string) => {
    using folder = temporaryFolder({ "dockstat.yaml": `hosts:\n  - id: a\n    url: ${url}\n` });
    return redact(await refusal({ config: folder.path("dockstat.yaml") }));
  };
  const reason = await addressRefusal("nowhere");
  assertEquals(reason.split("\n").length, 1);
  assertStringIncludes(reason, '"ssh://user@host"');
  const secret = "s3cret".repeat(12);
  assertEquals((await addressRefusal(`ftp://me:${secret}@host`)).includes("s3cret"), false);
});

Deno.test("a Docker context that cannot be used is reported with its line in the file", async () => {
  using folder = await dockerFolder("", "npipe:////./pipe/docker_engine");
  const contextRefusal = async (context: string) => {
    const text = `hosts:\n  - id: a\n    url: unix:///a\n  - id: b\n    context: ${context}\n`;
    using file = temporaryFolder({ "dockstat.yaml": text });
    return await refusal({ config: file.path("dockstat.yaml") }, { DOCKER_CONFIG: folder.path("") });
  };
  const place = "dockstat.yaml:5:5: hosts[1].context: ";
  assertStringIncludes(await contextRefusal("nosuch"), `${place}Cannot use Docker context "nosuch": `);
  assertStringIncludes(await contextRefusal("lab"), `${place}Cannot use the engine address "npipe:`);
});

Deno.test("a missing certificate is reported with its line in the file", async () => {
  using folder = temporaryFolder({
    "dockstat.yaml": "hosts:\n  - id: nas\n    url: tcp://a:1\n    tls:\n      ca: no.pem\n",
  });
  const reason = await refusal({ config: folder.path("dockstat.yaml") });
  assertStringIncludes(reason, "dockstat.yaml:5:7: hosts[0].tls.ca: cannot read");
});

Deno.test("resolves paths of certificates relative to the file", async () => {
  using other = temporaryFolder({ "c.pem": "" });
  const cert = other.path("c.pem");
  const keys = `{ca: ca.pem, cert: ${cert}, key: k.pem}`;
  using folder = temporaryFolder({
    "dockstat.yaml": `hosts: [{id: nas, url: 'tcp://10.0.0.5:2376', tls: ${keys}}]`,
    "ca.pem": "",
    "k.pem": "",
  });
  const { hosts } = await config({ config: folder.path("dockstat.yaml") });
  const tls = { ca: folder.path("ca.pem"), cert, key: folder.path("k.pem") };
  assertEquals(hosts, [{ kind: "docker", id: "nas", endpoint: { url: "tcp://10.0.0.5:2376", tls } }]);
});

async function dockerFolder(current: string, url = "ssh://me@lab") {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("lab")));
  const id = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return temporaryFolder({
    "config.json": JSON.stringify({ currentContext: current }),
    [`contexts/meta/${id}/meta.json`]: JSON.stringify({
      Name: "lab",
      Endpoints: { docker: { Host: url } },
    }),
    [`contexts/tls/${id}/docker/ca.pem`]: "ca",
  });
}

Deno.test("DOCKER_HOST overrides the Docker context, which overrides the default socket", async () => {
  using folder = await dockerFolder("lab");
  const DOCKER_CONFIG = folder.path("");
  const url = async (env: Environment) => {
    const [host] = (await config({}, env)).hosts;
    return host?.kind === "docker" && host.endpoint.url;
  };
  assertEquals(await url({ DOCKER_CONFIG }), "ssh://me@lab");
  assertEquals(await url({ DOCKER_CONFIG, DOCKER_CONTEXT: "default" }), "unix:///var/run/docker.sock");
  assertEquals(await url({ DOCKER_CONFIG, DOCKER_HOST: "tcp://10.0.0.5:2375" }), "tcp://10.0.0.5:2375");
});

Deno.test("a host in the file may name a Docker context", async () => {
  using folder = await dockerFolder("");
  using file = temporaryFolder({ "dockstat.yaml": "hosts: [{id: lab, context: lab}]\n" });
  const { hosts } = await config({ config: file.path("dockstat.yaml") }, { DOCKER_CONFIG: folder.path("") });
  assertEquals(hosts[0]?.id, "lab");
  assertEquals(hosts[0]?.kind === "docker" && hosts[0].endpoint.url, "ssh://me@lab");
});

Deno.test("an empty file changes nothing", async () => {
  using file = temporaryFolder({ "dockstat.yaml": "# nothing yet\n" });
  assertEquals((await config({ config: file.path("dockstat.yaml") })).listen.port, 9876);
});
