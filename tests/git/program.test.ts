import { GitProgram } from "../../server/git/program.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const PATH = Deno.env.get("PATH")!;
const signal = new AbortController().signal;

/** Arguments that make git start a shell with a child that outlives it. */
function sleeping(marker: string): string[] {
  return ["-c", `alias.wait=!sleep ${marker} & sleep ${marker}; true`, "wait"];
}

/** Number of processes with a marker in their command line. */
function processes(marker: string): number {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => {
    try {
      return /^\d+$/.test(name) && Deno.readTextFileSync(`/proc/${name}/cmdline`).split("\0")[1] === marker;
    } catch {
      return false;
    }
  }).length;
}

Deno.test("ends the whole process group of a run that takes too long", async () => {
  using folder = temporaryFolder();
  const git = new GitProgram(PATH, { patienceMs: 300 });
  const run = git.run({ folder: folder.path(""), args: sleeping("611.5"), signal });
  await assertRejects(() => run, AppError, "took longer than 0.3 s");
  await eventually("the end of all processes", () => processes("611.5") === 0);
});

Deno.test("ends a run whose folder grows beyond the limit", async () => {
  using folder = temporaryFolder();
  const git = new GitProgram(PATH, { mostBytes: 1024 * 1024 });
  const args = ["-c", "alias.grow=!head -c 3000000 /dev/zero > pack; sleep 612.5", "grow"];
  await assertRejects(
    () => git.run({ folder: folder.path(""), args, signal }),
    AppError,
    "fetched more than 1 MiB",
  );
  await eventually("the end of all processes", () => processes("612.5") === 0);
});

Deno.test("ends a run that is cancelled", async () => {
  using folder = temporaryFolder();
  const stop = new AbortController();
  const run = new GitProgram(PATH).run({
    folder: folder.path(""),
    args: sleeping("613.5"),
    signal: stop.signal,
  });
  const failed = assertRejects(() => run, DOMException);
  await eventually("the processes", () => processes("613.5") > 0);
  stop.abort();
  await failed;
  await eventually("the end of all processes", () => processes("613.5") === 0);
});

Deno.test("sees neither the settings of the user nor the variables of the server", async () => {
  using folder = temporaryFolder({
    ".gitconfig": "[alias]\n\tevil = !false\n",
    "git/config": "[alias]\n\tevil = x\n",
  });
  Deno.env.set("GIT_TEST_MARKER", "1");
  const git = new GitProgram(PATH);
  const { output } = await git.run({
    folder: folder.path(""),
    args: ["-c", "alias.env=!env", "env"],
    signal,
  });
  Deno.env.delete("GIT_TEST_MARKER");
  const text = new TextDecoder().decode(output);
  assertEquals([text.includes("GIT_TEST_MARKER"), text.includes("GIT_ALLOW_PROTOCOL=https:ssh")], [
    false,
    true,
  ]);
  const { code } = await git.run({ folder: folder.path(""), args: ["config", "alias.evil"], signal });
  assertEquals(code, 1);
});

Deno.test("refuses every transport but https and ssh", async () => {
  using folder = temporaryFolder();
  const git = new GitProgram(PATH);
  for (
    const url of ["file:///etc", "ext::sh -c true", "http://127.0.0.1:1/x", "git://127.0.0.1:1/x", "/etc"]
  ) {
    const { code, errors } = await git.run({
      folder: folder.path(""),
      args: ["ls-remote", "--", url],
      signal,
    });
    assertEquals([code === 0, /not allowed/.test(errors)], [false, true], errors);
  }
});
