import { baseEnvironment } from "../../server/config/child_environment.ts";
import { contextEndpoint, DEFAULT_SOCKET, defaultEndpoint } from "../../server/config/docker_context.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** SHA-256 of "lab", which names the folders of that context. */
const LAB = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("lab")))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");
const META = `contexts/meta/${LAB}/meta.json`;

/** A Docker configuration with the context "lab". */
function dockerFolder(meta: unknown, more: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ [META]: JSON.stringify(meta), ...more });
  return {
    ...folder,
    env: { DOCKER_CONFIG: folder.path("") },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const ENDPOINT = { Endpoints: { docker: { Host: "tcp://10.0.0.5:2376" } } };

Deno.test("a path in DOCKER_HOST is a unix socket", async () => {
  assertEquals(await defaultEndpoint({ DOCKER_HOST: "/run/podman.sock" }), {
    url: "unix:///run/podman.sock",
  });
});

Deno.test("DOCKER_TLS_VERIFY uses the certificates of DOCKER_CERT_PATH, or of Docker's folder", async () => {
  const tls = (folder: string) => (
    { ca: `${folder}/ca.pem`, cert: `${folder}/cert.pem`, key: `${folder}/key.pem` }
  );
  const env = { DOCKER_HOST: "tcp://nas:2376", DOCKER_TLS_VERIFY: "1", HOME: "/home/me" };
  assertEquals(await defaultEndpoint(env), { url: "tcp://nas:2376", tls: tls("/home/me/.docker") });
  assertEquals(
    await defaultEndpoint({ ...env, DOCKER_CERT_PATH: "/certs" }),
    { url: "tcp://nas:2376", tls: tls("/certs") },
  );
});

Deno.test("DOCKER_TLS_VERIFY has no effect on a unix socket", async () => {
  const env = { DOCKER_HOST: "unix:///run/docker.sock", DOCKER_TLS_VERIFY: "1", HOME: "/home/me" };
  assertEquals(await defaultEndpoint(env), { url: "unix:///run/docker.sock" });
});

Deno.test("the current context of Docker's configuration is used, with its certificates", async () => {
  const tls = `contexts/tls/${LAB}/docker/ca.pem`;
  using docker = dockerFolder(ENDPOINT, { "config.json": '{"currentContext":"lab"}', [tls]: "PEM" });
  assertEquals(await defaultEndpoint(docker.env), {
    url: "tcp://10.0.0.5:2376",
    tls: { ca: docker.path(tls) },
  });
});

for (
  const config of [
    '{"currentContext":""}',
    '{"currentContext":5}',
    "{}",
    "null",
    '{"currentContext":"default"}',
  ]
) {
  Deno.test(`the configuration ${config} means the default socket`, async () => {
    using docker = dockerFolder(ENDPOINT, { "config.json": config });
    assertEquals(await defaultEndpoint(docker.env), { url: DEFAULT_SOCKET });
  });
}

Deno.test("a configuration that is not JSON is reported with its path", async () => {
  using docker = dockerFolder(ENDPOINT, { "config.json": "{" });
  const error = await assertRejects(() => defaultEndpoint(docker.env), AppError, docker.path("config.json"));
  assertEquals(error.code, "usage");
});

for (
  const meta of [null, {}, { Endpoints: null }, { Endpoints: { docker: { Host: 5 } } }, {
    Endpoints: { docker: { Host: "" } },
  }]
) {
  Deno.test(`a context with ${JSON.stringify(meta)} names no engine`, async () => {
    using docker = dockerFolder(meta);
    const error = await assertRejects(
      () => contextEndpoint("lab", docker.env),
      AppError,
      '"docker context ls"',
    );
    assertEquals(error.code, "usage");
  });
}

Deno.test("the name of a context is not a path", async () => {
  using docker = dockerFolder(ENDPOINT, { "meta.json": JSON.stringify(ENDPOINT) });
  await assertRejects(() => contextEndpoint("../../..", docker.env), AppError, "has no such context");
});

Deno.test("child processes receive only the variables that they need", () => {
  const env = {
    PATH: "/bin",
    HOME: "",
    DOCKSTAT_TOKEN: "secret",
    AWS_SECRET: "secret",
    https_proxy: "http://proxy",
  };
  assertEquals(baseEnvironment(env), { PATH: "/bin", https_proxy: "http://proxy" });
});
