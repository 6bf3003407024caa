/** Settings as flags, variables and keys of the file. */
import { type Flags, resolveConfig } from "../../server/config/config.ts";
import type { Environment } from "../../server/config/docker_context.ts";
import { AppError } from "../../server/errors.ts";
import { HELP } from "../../server/cli/help.ts";
import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

/** Resolves the base path of flags and variables. */
async function basePath(...[flags, env]: [Parameters<typeof resolveConfig>[0], Record<string, string>?]) {
  return (await resolveConfig(flags, { HOME: "/nonexistent", ...env }, "linux")).listen.basePath;
}

Deno.test("the base path comes from the flag, the variable or the file", async () => {
  using folder = temporaryFolder({ "dockstat.yaml": "listen: { basePath: /file }\n" });
  const file = { config: folder.path("dockstat.yaml") };
  const env = { DOCKSTAT_BASE_PATH: "/variable" };
  const found = [
    await basePath({ ...file, basePath: "/flag/" }, env),
    await basePath(file, env),
    await basePath(file),
    await basePath({ ...file, basePath: "/" }, env),
  ];
  assertEquals(found, ["/flag", "/variable", "/file", ""]);
});

Deno.test("a misspelled value gets a suggestion", async () => {
  await assertRejects(() => basePath({ logLevel: "wran" }), AppError, "did you mean warn?");
});

Deno.test("a text that is not a base path is refused with its source", async () => {
  await assertRejects(
    () => basePath({ basePath: "x" }),
    AppError,
    '--base-path: found "x": expected a path such as',
  );
  await assertRejects(() => basePath({}, { DOCKSTAT_BASE_PATH: "/a/../b" }), AppError, "DOCKSTAT_BASE_PATH");
});

/** The format that is not the default of this process. */
const FORMAT = Deno.stderr.isTerminal() ? "json" : "pretty";

/** Flags, and the variables with the same effect. */
const SAME: readonly (readonly [Flags, Environment])[] = [
  [{ host: "127.0.0.2" }, { DOCKSTAT_HOST: "127.0.0.2" }],
  [{ port: "0" }, { DOCKSTAT_PORT: "0" }],
  [{ socket: "/run/a.sock" }, { DOCKSTAT_SOCKET: "/run/a.sock" }],
  [{ data: "/data" }, { DOCKSTAT_DATA: "/data" }],
  [{ token: "a-token-of-16-characters" }, { DOCKSTAT_TOKEN: "a-token-of-16-characters" }],
  [{ noAuth: true }, { DOCKSTAT_NO_AUTH: "1" }],
  [{ viewToken: true }, { DOCKSTAT_VIEW_TOKEN: "true" }],
  [{ origin: ["https://a.example", "https://b.example"] }, {
    DOCKSTAT_ORIGIN: "https://a.example, https://b.example",
  }],
  [{ basePath: "/dockstat" }, { DOCKSTAT_BASE_PATH: "/dockstat" }],
  [{ readOnly: true }, { DOCKSTAT_READ_ONLY: "yes" }],
  [{ tlsCert: "a.pem", tlsKey: "b.pem" }, { DOCKSTAT_TLS_CERT: "a.pem", DOCKSTAT_TLS_KEY: "b.pem" }],
  [{ logLevel: "debug" }, { DOCKSTAT_LOG_LEVEL: "debug" }],
  [{ logFormat: FORMAT }, { DOCKSTAT_LOG_FORMAT: FORMAT }],
  [{ demo: "7" }, { DOCKSTAT_DEMO: "7" }],
];

Deno.test("every flag has a variable, which --help lists", async () => {
  const resolved = async (flags: Flags, env: Environment) => {
    // Variables that only one of the two has are not compared.
    const { env: _, ...config } = await resolveConfig(flags, { HOME: "/nonexistent", ...env }, "linux");
    return config;
  };
  const plain = await resolved({}, {});
  for (const [flags, env] of SAME) {
    const byFlag = await resolved(flags, {});
    assertEquals(byFlag, await resolved({}, env));
    assertNotEquals(byFlag, plain, JSON.stringify(flags));
  }
  const listed = [...HELP.matchAll(/DOCKSTAT_\w+/g)].map(([name]) => name).sort();
  const tested = [...SAME.flatMap(([, env]) => Object.keys(env)), "DOCKSTAT_CONFIG"].sort();
  assertEquals(tested, listed);
  const flags = [...HELP.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name!);
  const withVariable = flags.filter((name) => !["help", "version"].includes(name));
  assertEquals(
    withVariable.map((name) => `DOCKSTAT_${name.toUpperCase().replaceAll("-", "_")}`).sort(),
    listed,
  );
});

Deno.test("listens on names and addresses of both families", async () => {
  for (
    const host of [
      "127.0.0.1",
      "0.0.0.0",
      "::",
      "::1",
      "[::1]",
      "fe80::1",
      "localhost",
      "nas.local",
      "my_host",
    ]
  ) {
    assertEquals((await resolveConfig({ host }, { HOME: "/nonexistent" }, "linux")).listen.host, host);
  }
});

Deno.test("refuses a configured token that is too short", async () => {
  await using weak = startProgram(["--demo", "--port", "0", "--token", "short"]);
  assertEquals(await weak.status, 2);
  assertStringIncludes(weak.err, "--token: expected a token of at least 16");
  assert(!weak.err.includes('"short"'));
});
