import { DockerProgram } from "../../../server/compose/docker_stack/docker_stack.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertMatch, assertRejects, eventually } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const NEVER = new AbortController().signal;

/** A script in place of the Docker CLI, which reports a version and otherwise runs lines of a shell. */
function scripted(version: string, ...lines: readonly string[]) {
  const script = ["#!/bin/sh", `if [ "$1" = --version ]; then echo '${version}'; exit; fi`, ...lines, ""];
  const folder = temporaryFolder({ docker: script.join("\n") });
  Deno.chmodSync(folder.path("docker"), 0o700);
  const env = { PATH: `${folder.path("")}:/usr/bin:/bin`, HOME: "/home/of/user", DOCKER_CONFIG: "/secret" };
  const docker = new DockerProgram(env);
  const text = { folder: folder.path(""), file: folder.path("compose.yaml") };
  return { docker, text, folder, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

const NEW = "Docker version 28.2.2, build e6534b4";
const PRINT_ARGS = 'for arg; do echo "$arg"; done';

async function deploy(lines: readonly string[], changes: object = {}, signal = NEVER) {
  using it = scripted(NEW, ...lines);
  const printed: string[] = [];
  const run = {
    ...it.text,
    name: "shop",
    endpoint: { url: "unix:///m.sock" },
    withLogins: false,
    ...changes,
  };
  const end = await it.docker.deploy(run, (line) => printed.push(line), signal);
  return { ...end, printed, file: it.text.file };
}

Deno.test("a deployment names the file and the stack, and ends once the manager has accepted it", async () => {
  const { printed, file, code } = await deploy([PRINT_ARGS]);
  const options = ["--compose-file", file, "--detach=true", "--prune"];
  assertEquals([code, printed], [0, ["stack", "deploy", ...options, "shop"]]);
});

Deno.test("TLS and logins are given by flags, and the address by the environment", async () => {
  const endpoint = { url: "https://nas:2376", tls: { ca: "/ca" } };
  const { printed } = await deploy([PRINT_ARGS, 'echo "$DOCKER_HOST $DOCKER_CONFIG"'], {
    endpoint,
    withLogins: true,
  });
  assertEquals(printed.slice(0, 4), ["--tlsverify", "--tlscacert", "/ca", "stack"]);
  assertEquals([printed.includes("--with-registry-auth"), printed.at(-1)], [true, "tcp://nas:2376 /secret"]);
});

Deno.test("a failure has the last line of the error output", async () => {
  const { code, error } = await deploy(["echo out", "echo 'no such image' >&2", "exit 1"]);
  assertEquals([code, error], [1, "no such image"]);
});

Deno.test("a text is resolved without the settings of the user, and own variables show the folder", async () => {
  using it = scripted(NEW, "env | sort");
  const { output } = await it.docker.config(it.text, { A: "x$y" }, NEVER);
  const names = output.trim().split("\n").map((line) => line.split("=")[0]).filter((name) => name !== "_");
  assertEquals(names, ["A", "HOME", "PATH", "PWD"]);
  for (const own of ["HOME=", "PATH=.*:"]) assertMatch(output, new RegExp(`^${own}${it.text.folder}$`, "m"));
});

Deno.test("a cancelled run ends", async () => {
  const stop = new AbortController();
  using it = scripted(NEW, `echo started > "$(dirname "$0")/started"; exec sleep 100`);
  const run = { ...it.text, name: "shop", endpoint: { url: "unix:///m.sock" }, withLogins: false };
  const end = it.docker.deploy(run, () => {}, stop.signal);
  await eventually("the run", () => Deno.stat(it.folder.path("started")).then(() => true, () => false));
  stop.abort();
  assertEquals((await end).code, 130);
});

for (
  const [what, version, why] of [
    [
      "an old Docker CLI",
      "Docker version 20.10.24+dfsg1, build 297e128",
      "20.10.24+dfsg1, build 297e128 is too old",
    ],
    ["Podman", "podman version 5.4.2", '"docker" is another program (podman version 5.4.2)'],
    ["a program that prints nothing", "", "is another program"],
  ] as const
) {
  Deno.test(`${what} is refused, with what to install`, async () => {
    using it = scripted(version);
    const refused = await assertRejects(() => it.docker.config(it.text, {}, NEVER), AppError, why);
    assertEquals([refused.code, refused.message.includes("Install the Docker CLI 26 or newer")], [
      "unavailable",
      true,
    ]);
  });
}

Deno.test("a missing Docker CLI is refused, and is found once it is installed", async () => {
  using folder = temporaryFolder();
  const docker = new DockerProgram({ PATH: folder.path("") });
  const text = { folder: folder.path(""), file: folder.path("compose.yaml") };
  await assertRejects(() => docker.config(text, {}, NEVER), AppError, "the Docker CLI is not installed");
  await Deno.writeTextFile(folder.path("docker"), `#!/bin/sh\necho '${NEW}'\n`, { mode: 0o700 });
  assertEquals((await docker.config(text, {}, NEVER)).code, 0);
});
