import { READER_COMMAND, readerCommand } from "../../server/kernel/reader_command.ts";
import { ProcessReader } from "../../server/kernel/process_reader.ts";
import { VERSION } from "../../server/version.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const ENTRY = new URL("../../server/compiled/program.ts", import.meta.url).pathname;
const RUN = ["run", "--quiet", "--no-check", "--allow-all"];

Deno.test("the hidden command reads the kernel's files", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  const command = [Deno.execPath(), ...RUN, ENTRY, READER_COMMAND, kernel.mounts.proc, kernel.mounts.cgroup];
  await using reader = new ProcessReader({ command, answerMs: 30_000, retryMs: 60_000 });
  const [reading] = await reader.read({ targets: [{ id: idOf("web"), pid: 42 }], memoryBytes: 4000 });
  assert(reading !== undefined && "raw" in reading, JSON.stringify(reading));
});

Deno.test("every other command is that of the command line", async () => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args: [...RUN, ENTRY, "--version"] })
    .output();
  assertEquals([success, new TextDecoder().decode(stdout)], [true, `${VERSION}\n`]);
});

Deno.test({
  name: "every other command is refused the kernel's files",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    // The file named by the flag is read by the command line, whose permissions have been given up.
    const args = [...RUN, ENTRY, "check", "--config", "/proc/self/environ", "--data", "/nowhere"];
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assertEquals(success, false);
    assertStringIncludes(text, "Requires all access");
  },
});

Deno.test("a compiled program starts itself, without the runtime's flags", () => {
  assertEquals(readerCommand([], true), [Deno.execPath(), READER_COMMAND]);
  assertEquals(readerCommand([], false)[1], "run");
});
