import { assertEquals, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const IMAGE = "dockstat/dockstat:9.9.9";

interface Result {
  readonly code: number;
  readonly stderr: string;
  /** Arguments of each call of `docker`. */
  readonly calls: readonly string[];
}

/** Runs the task with a fake `docker` that runs a script. */
async function install(script: string): Promise<Result> {
  using folder = temporaryFolder({
    "bin/docker": `#!/bin/sh\necho "$*" >> "$CALLS"\n${script}\n`,
    calls: "",
  });
  await Deno.chmod(folder.path("bin/docker"), 0o755);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-run=docker", "extension/package/install.ts", IMAGE],
    cwd: ROOT,
    env: { PATH: `${folder.path("bin")}:${Deno.env.get("PATH")}`, CALLS: folder.path("calls") },
  }).output();
  const calls = (await Deno.readTextFile(folder.path("calls"))).trim().split("\n");
  return { code, stderr: new TextDecoder().decode(stderr), calls };
}

Deno.test("without the extension command it suggests Docker Desktop and docker compose", async () => {
  const { code, stderr } = await install('echo "docker: unknown command: docker extension" >&2; exit 1');
  assertEquals(code, 1);
  assertStringIncludes(stderr, 'This docker command has no "extension". It comes with Docker Desktop');
  assertStringIncludes(stderr, "docker compose up -d");
});

Deno.test("reports a missing image and how to build it", async () => {
  const { code, stderr } = await install('[ "$1" = extension ] || exit 1');
  assertEquals([code, stderr], [
    1,
    `There is no image ${IMAGE} here. Build it with: deno task extension:build\n`,
  ]);
});

Deno.test("installs the image, and replaces an older one", async () => {
  const fresh = await install("true");
  assertEquals([fresh.code, fresh.calls.at(-1)], [0, `extension install ${IMAGE}`]);
  const newer = await install(
    'echo "ID  PROVIDER  VERSION"; echo "dockstat/dockstat  The DockStat authors  0.1.0"',
  );
  assertEquals([newer.code, newer.calls.at(-1)], [0, `extension update ${IMAGE}`]);
});

Deno.test("exits with the code of Docker Desktop and names the setting that usually causes a refusal", async () => {
  const { code, stderr } = await install('case "$2" in install) exit 7;; esac');
  assertEquals(code, 7);
  assertStringIncludes(stderr, "Allow only extensions distributed through the Docker Marketplace");
});
