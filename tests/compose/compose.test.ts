import { ComposeProgram, type ComposeProject, type ConfigView } from "../../server/compose/compose.ts";
import type { ProgressLine } from "../../server/compose/progress.ts";
import type { Endpoint } from "../../server/config/docker_context.ts";
import { assertEquals, assertRejects, assertStringIncludes, eventually } from "../assert.ts";
import { scriptedCompose } from "../fakes/compose_program.ts";

const NEVER = new AbortController().signal;
const UNIX: Endpoint = { url: "unix:///run/x.sock" };
const PRINT_ARGS = 'for arg; do echo "$arg"; done';

function project(endpoint = UNIX, files?: NonNullable<ComposeProject["files"]>): ComposeProject {
  return { name: "web", endpoint, ...files && { files } };
}

/** Runs a script in place of Compose and returns its result and the lines that it wrote. */
async function run(lines: readonly string[], on = project(), version = "2.40.3", args = ["up", "-d"]) {
  using compose = scriptedCompose(`echo ${version}`, ...lines);
  const found: ProgressLine[] = [];
  const end = await new ComposeProgram(compose.env).run(on, args, (line) => found.push(line), NEVER);
  return { ...end, found, messages: found.map((line) => "message" in line ? line.message : line.id) };
}

for (
  const [what, endpoint, flags] of [
    ["a unix socket", UNIX, []],
    ["tcp", { url: "tcp://nas:2375" }, []],
    ["tcp with certificates", { url: "tcp://nas:2376", tls: { ca: "/c", cert: "/d", key: "/e" } }, [
      "--tlsverify",
      "--tlscacert",
      "/c",
      "--tlscert",
      "/d",
      "--tlskey",
      "/e",
    ]],
    ["a certificate authority only", { url: "tcp://nas:2376", tls: { ca: "/c" } }, [
      "--tlsverify",
      "--tlscacert",
      "/c",
    ]],
    ["https without certificates", { url: "https://nas:2376" }, ["--tlsverify"]],
    ["http", { url: "http://nas:2375" }, []],
  ] as const
) {
  Deno.test(`passes the flags of ${what} before all others`, async () => {
    const { messages } = await run([PRINT_ARGS], project(endpoint));
    assertEquals(messages, [...flags, "--progress", "json", "-p", "web", "up", "-d"]);
  });
}

for (
  const [url, host] of [
    ["http://nas:2375", "tcp://nas:2375"],
    ["https://nas:2376", "tcp://nas:2376"],
    ["ssh://me@nas", "ssh://me@nas"],
    ["unix:///http:/x.sock", "unix:///http:/x.sock"],
  ] as const
) {
  Deno.test(`gives Compose the address ${url} as ${host}`, async () => {
    assertEquals((await run(['echo "$DOCKER_HOST"'], project({ url }))).messages, [host]);
  });
}

Deno.test("names the files of the project, and the env file only if the project has one", async () => {
  using compose = scriptedCompose("echo 2.40.3", PRINT_ARGS);
  const files = { folder: compose.folder.path(""), compose: "/a b/compose.yaml", env: undefined };
  const paths = ["--project-directory", files.folder, "-f", "/a b/compose.yaml"];
  const first = ["--progress", "json", "-p", "web", ...paths];
  assertEquals((await run([PRINT_ARGS], project(UNIX, files))).messages, [...first, "up", "-d"]);
  const withEnv = project(UNIX, { ...files, env: "/e/.env" });
  assertEquals((await run([PRINT_ARGS], withEnv)).messages, [...first, "--env-file", "/e/.env", "up", "-d"]);
});

Deno.test("requests plain progress from a Compose without JSON progress", async () => {
  assertEquals((await run([PRINT_ARGS], project(), "2.28.1")).messages.slice(0, 2), ["--progress", "plain"]);
});

Deno.test("passes arguments to Compose without interpretation by a shell", async () => {
  const args = ["$(id)", "a  b", "*", "`x`", "é", "--", "'\"\\"];
  const { messages } = await run([`for arg; do printf '%s\\n' "$arg"; done`], project(), "2.40.3", args);
  assertEquals(messages.slice(4), args);
});

Deno.test("works in the project's folder, or in the root folder without files", async () => {
  using compose = scriptedCompose("echo 2.40.3");
  const folder = await Deno.realPath(compose.folder.path(""));
  assertEquals((await run(["pwd"])).messages, ["/"]);
  const files = { folder, compose: "c", env: undefined };
  assertEquals((await run(["pwd"], project(UNIX, files))).messages, [folder]);
});

Deno.test("gives Compose an empty stdin", async () => {
  assertEquals((await run(["cat; echo end"])).messages, ["end"]);
});

for (
  const [what, lines, expected] of [
    [
      "the failure rather than a later note",
      [`echo '{"error":true,"message":"why"}' >&2`, "echo n >&2"],
      "why",
    ],
    ["the last note", ["echo first >&2", "echo last >&2"], "last"],
    ["the reason of the first failed resource", [
      `echo '{"id":"Container a","status":"Error","details":"port taken"}' >&2`,
      `echo '{"id":"Container b","status":"Error","details":"cancelled"}' >&2`,
    ], "port taken"],
    ["the exit code rather than a warning", ["echo 'WARNING: unset' >&2"], "compose exited with code 3"],
    [
      "the exit code rather than output of a build",
      [`echo '{"error":true,"message":"x"}'`],
      "compose exited with code 3",
    ],
  ] as const
) {
  Deno.test(`reports ${what} as the reason for an exit code`, async () => {
    const { code, error } = await run([...lines, "exit 3"]);
    assertEquals([code, error], [3, expected]);
  });
}

Deno.test("reports no error for the exit code 0", async () => {
  const { code, error, messages } = await run([`echo '{"error":true,"message":"why"}' >&2`]);
  assertEquals([code, error, messages], [0, undefined, ["why"]]);
});

/** Starts a script that prints a line once it is ready, and aborts its run then. */
async function cancelled(graceMs: number, ...lines: readonly string[]) {
  using compose = scriptedCompose("echo 2.40.3", ...lines);
  const controller = new AbortController();
  const found: ProgressLine[] = [];
  const onLine = (line: ProgressLine) => {
    found.push(line);
    controller.abort();
  };
  const program = new ComposeProgram(compose.env, undefined, graceMs);
  return { ...await program.run(project(), ["up"], onLine, controller.signal), found };
}

const FOREVER = "while :; do sleep 0.02; done";

Deno.test("interrupts a cancelled Compose and waits for its last lines", async () => {
  const { code, error } = await cancelled(
    600_000,
    "trap 'echo canceled >&2; exit 130' INT",
    "echo ready",
    FOREVER,
  );
  assertEquals([code, error], [130, "canceled"]);
});

Deno.test("kills a cancelled Compose that ignores the interrupt", async () => {
  const { code, error } = await cancelled(1, "trap '' INT", "echo ready", FOREVER);
  assertEquals([code, error], [137, "compose exited with code 137"]);
});

Deno.test("kills at once a Compose that resolves a project for too long", async () => {
  using compose = scriptedCompose("echo 2.40.3", "trap '' INT", 'touch "$DOCKER_CONFIG/ready"', FOREVER);
  const controller = new AbortController();
  const program = new ComposeProgram(compose.env, undefined, 600_000);
  const resolving = program.config(project(), controller.signal);
  const ready = compose.folder.path("ready");
  await eventually("a start", () => Deno.stat(ready).then(() => true, () => false));
  controller.abort();
  assertEquals((await resolving).code, 137);
});

Deno.test("starts no Compose for a signal that has aborted", async () => {
  using compose = scriptedCompose("echo 2.40.3", 'touch "$DOCKER_CONFIG/started"');
  const program = new ComposeProgram(compose.env);
  const aborted = AbortSignal.abort(new Error("too late"));
  await assertRejects(() => program.run(project(), ["up"], () => {}, aborted), Error, "too late");
  await assertRejects(() => program.config(project(), aborted), Error, "too late");
  await assertRejects(() => Deno.stat(compose.folder.path("started")), Deno.errors.NotFound);
});

Deno.test("runs in the root folder when the project's folder is lost", async () => {
  const files = { folder: "/nonexistent/folder", compose: "c", env: undefined };
  assertEquals((await run(["pwd"], project(UNIX, files))).messages, ["/"]);
});

Deno.test("searches for Compose once for several runs", async () => {
  using compose = scriptedCompose('echo x >> "$DOCKER_CONFIG/searches"; echo 2.40.3');
  const program = new ComposeProgram(compose.env);
  await Promise.all([1, 2, 3].map(() => program.run(project(), ["ps"], () => {}, NEVER)));
  assertEquals(await Deno.readTextFile(compose.folder.path("searches")), "x\n");
});

async function config(lines: readonly string[], view?: ConfigView) {
  using compose = scriptedCompose("echo 2.40.3", ...lines);
  return await new ComposeProgram(compose.env).config(project(), NEVER, view);
}

for (
  const [view, args] of [
    [undefined, "config --format json"],
    ["active", "config --format json"],
    ["every", "--profile * config --format json"],
    ["written", "config --format json --no-interpolate --no-env-resolution"],
  ] as const
) {
  Deno.test(`resolves the view ${view ?? "without a name"} with "${args}"`, async () => {
    const { output } = await config(['echo "$*"'], view);
    assertEquals(output, `--progress json -p web ${args}\n`);
  });
}

Deno.test("keeps the output of a failed resolution beside the first failure", async () => {
  const failures = ["one", "two"].map((message) => `echo '{"error":true,"message":"${message}"}' >&2`);
  assertEquals(await config(["echo part", "echo note >&2", ...failures, "exit 15"]), {
    code: 15,
    error: "one",
    output: "part\n",
    warnings: [],
  });
});

Deno.test("reports the last note of a failed resolution without a failure", async () => {
  const { error } = await config(["echo first >&2", "echo last >&2", "echo 'WARNING: unset' >&2", "exit 1"]);
  assertEquals(error, "last");
});

for (const stream of ["stdout", "stderr"]) {
  Deno.test(`kills a resolution that writes without end to ${stream}`, async () => {
    const { code, error, output } = await config([`exec yes${stream === "stderr" ? " >&2" : ""}`]);
    assertEquals([code, output], [137, ""]);
    assertStringIncludes(error ?? "", "it resolves to more than 8388608 bytes");
  });
}
