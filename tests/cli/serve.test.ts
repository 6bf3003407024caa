/** The server as a process, at its start and its end. */
import { assertEquals, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

/** Number of hosts that connect at once. */
const HOSTS = 3;

Deno.test({
  name: "SIGTERM while hosts connect over ssh ends with 0 and leaves no process and no folder",
  ignore: Deno.build.os === "windows",
  async fn() {
    using scratch = temporaryFolder({
      "dockstat.yaml": `hosts:\n${
        Array.from({ length: HOSTS }, (_, index) => `  - { id: h${index}, url: "ssh://slow${index}" }\n`)
          .join("")
      }`,
    });
    Deno.mkdirSync(scratch.path("bin"));
    Deno.mkdirSync(scratch.path("tmp"));
    Deno.writeTextFileSync(
      scratch.path("bin/ssh"),
      `#!/bin/sh\necho $$ > ${scratch.path("pid")}.$$\nexec sleep 60\n`,
      { mode: 0o755 },
    );
    await using server = startProgram(
      ["serve", "--port", "0", "--config", scratch.path("dockstat.yaml"), "--data", scratch.path("data")],
      { PATH: `${scratch.path("bin")}:${Deno.env.get("PATH")}`, TMPDIR: scratch.path("tmp") },
    );
    const started = () => names(scratch.path("")).filter((name) => name.startsWith("pid."));
    await eventually("every ssh", () => started().length === HOSTS);
    server.kill("SIGTERM");
    assertEquals([await server.status, names(scratch.path("tmp"))], [0, []]);
    assertEquals(started().filter((name) => runs(Number(name.slice(4)))), []);
  },
});

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

function runs(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
