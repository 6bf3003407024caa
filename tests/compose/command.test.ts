import { findCompose } from "../../server/compose/command.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { scriptedCompose } from "../fakes/compose_program.ts";

const COMMAND = new URL("../../server/compose/command.ts", import.meta.url).href;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

for (
  const [printed, version, progress] of [
    ["2.20.0", "2.20.0", "plain"],
    ["2.28.9", "2.28.9", "plain"],
    ["2.29.0", "2.29.0", "json"],
    ["v2.40.3", "2.40.3", "json"],
    ["2.40.3-desktop.1", "2.40.3-desktop.1", "json"],
    ["  2.33.1+ds1-0ubuntu1  ", "2.33.1+ds1-0ubuntu1", "json"],
    ["3.0.0", "3.0.0", "json"],
    ["5.0.1", "5.0.1", "json"],
    ["10.1", "10.1", "json"],
  ] as const
) {
  Deno.test(`uses ${progress} progress of a Compose that prints "${printed}"`, async () => {
    using compose = scriptedCompose(`echo '${printed}'`);
    assertEquals(await findCompose(compose.env), {
      argv: [compose.path],
      version,
      progress,
      skipped: [],
    });
  });
}

Deno.test("finds the plugin in the home folder without DOCKER_CONFIG", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  const home = compose.folder.path("home");
  await Deno.mkdir(home);
  await Deno.symlink(compose.folder.path(""), `${home}/.docker`);
  for (const name of ["HOME", "USERPROFILE"]) {
    const { argv } = await findCompose({ PATH: "/bin", [name]: home });
    assertEquals(argv, [`${home}/.docker/cli-plugins/docker-compose`]);
  }
});

Deno.test("starts Compose with the given environment only", async () => {
  using compose = scriptedCompose('test -z "$HOME" && echo "2.40.$ONLY"');
  assertEquals((await findCompose({ ...compose.env, ONLY: "7" })).version, "2.40.7");
});

/** Searches in a process that may start one program only, so that the Compose of this machine does not matter. */
async function searchWithin(
  allowed: string,
  env: Readonly<Record<string, string>>,
  cwd = "/",
  more: { readonly folders?: readonly string[]; readonly permissions?: readonly string[] } = {},
): Promise<string> {
  const code = `import { findCompose } from ${JSON.stringify(COMMAND)};
    await findCompose(${JSON.stringify(env)}, ${JSON.stringify(more.folders)}).then(
      ({ version }) => console.log("found", version), ({ code, message }) => console.log(code, message));`;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--config=${CONFIG}`,
      `--allow-run=${allowed}`,
      ...more.permissions ?? [],
      "-",
    ],
    cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout).trim();
}

for (const version of ["2.19.9", "1.29.2", "v2.3.3", "0.99", "dev"]) {
  Deno.test(`refuses the Compose version ${version} with its number`, async () => {
    using compose = scriptedCompose(`echo ${version}`);
    assertStringIncludes(
      await searchWithin(compose.path, compose.env),
      `unavailable Cannot run stacks: Compose ${version.replace(/^v/, "")} is too old, 2.20 or newer`,
    );
  });
}

for (
  const [what, lines] of [
    ["fails", "echo 2.40.3; exit 1;"],
    ["prints nothing", "true"],
    ["prints only spaces", "echo '  '"],
    ["prints its version to stderr", "echo 2.40.3 >&2"],
  ] as const
) {
  Deno.test(`uses no Compose that ${what}`, async () => {
    using compose = scriptedCompose(lines);
    assertStringIncludes(await searchWithin(compose.path, compose.env), "unavailable Cannot run stacks: ");
  });
}

Deno.test("names the missing permission when Deno may start no Compose", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  assertStringIncludes(
    await searchWithin("/nonexistent", compose.env),
    "unavailable Cannot run stacks: DockStat is not allowed to start Compose. Add --allow-run=docker",
  );
});

Deno.test("reports a Compose that is not installed as missing, not as forbidden", async () => {
  const env = { PATH: "/nonexistent", HOME: "/nonexistent" };
  const message = await searchWithin("docker", env, "/", {
    folders: ["/nonexistent/cli-plugins"],
    permissions: ["--allow-read"],
  });
  assertStringIncludes(message, "not installed");
});

Deno.test("finds a permitted Compose behind programs that Deno may not start", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  const env = { PATH: `/nonexistent:${compose.folder.path("cli-plugins")}` };
  assertEquals(await searchWithin(compose.path, env), "found 2.40.3");
});

Deno.test("uses no Compose of the working folder for a relative entry of PATH", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  for (const PATH of ["cli-plugins", "", ".:cli-plugins", "./cli-plugins"]) {
    const found = await searchWithin(compose.path, { PATH }, compose.folder.path(""));
    assertStringIncludes(found, "unavailable Cannot run stacks: ", PATH);
  }
});

Deno.test("skips a file that is not executable, and a folder that is a file", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  await Deno.writeTextFile(compose.folder.path("docker-compose"), "", { mode: 0o600 });
  const path = [compose.folder.path(""), compose.path, compose.folder.path("cli-plugins")].join(":");
  const others = [`${compose.path}/docker-compose`, compose.folder.path("docker-compose")];
  const allowed = [compose.path, ...others].join(",");
  assertEquals(await searchWithin(allowed, { PATH: path }), "found 2.40.3");
});
