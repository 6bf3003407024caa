import { assertEquals, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const IMAGE = "dockstat/dockstat:9.9.9";

interface Ended {
  readonly code: number;
  readonly said: string;
  /** What `docker` was asked. */
  readonly asked: readonly string[];
}

/** Runs the task with a `docker` that answers as a script does. */
async function install(script: string): Promise<Ended> {
  using folder = temporaryFolder({
    "bin/docker": `#!/bin/sh\necho "$*" >> "$ASKED"\n${script}\n`,
    asked: "",
  });
  await Deno.chmod(folder.path("bin/docker"), 0o755);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-run=docker", "extension/package/install.ts", IMAGE],
    cwd: ROOT,
    env: { PATH: `${folder.path("bin")}:${Deno.env.get("PATH")}`, ASKED: folder.path("asked") },
  }).output();
  const asked = (await Deno.readTextFile(folder.path("asked"))).trim().split("\n");
  return { code, said: new TextDecoder().decode(stderr), asked };
}

Deno.test("a docker command without extensions is told what it lacks, and what goes without Desktop", async () => {
  const { code, said } = await install('echo "docker: unknown command: docker extension" >&2; exit 1');
  assertEquals(code, 1);
  assertStringIncludes(said, 'This docker command has no "extension": it comes with Docker Desktop');
  assertStringIncludes(said, "docker compose up -d");
});

Deno.test("an image that is not there is told how to make", async () => {
  const { code, said } = await install('[ "$1" = extension ] || exit 1');
  assertEquals([code, said], [
    1,
    `There is no image ${IMAGE} here: "deno task extension:build" makes it\n`,
  ]);
});

Deno.test("the image is installed, and a newer one replaces an older", async () => {
  const fresh = await install("true");
  assertEquals([fresh.code, fresh.asked.at(-1)], [0, `extension install ${IMAGE}`]);
  const newer = await install(
    'echo "ID  PROVIDER  VERSION"; echo "dockstat/dockstat  The DockStat authors  0.1.0"',
  );
  assertEquals([newer.code, newer.asked.at(-1)], [0, `extension update ${IMAGE}`]);
});

Deno.test("a refusal of Desktop ends with its code and names the setting that most often is why", async () => {
  const { code, said } = await install('case "$2" in install) exit 7;; esac');
  assertEquals(code, 7);
  assertStringIncludes(said, "Allow only extensions distributed through the Docker Marketplace");
});
