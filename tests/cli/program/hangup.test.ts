import { endsOnHangup } from "../../../server/cli/program/hangup.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { startProgram } from "../../program.ts";

Deno.test("a closed terminal ends every command", () => {
  for (const args of [[], ["serve"], ["stats"], ["logs", "web"]]) assert(endsOnHangup(args, true));
});

Deno.test("without a terminal SIGHUP ends every command but serve", () => {
  const commands = [[], ["serve"], ["serve", "--port", "0"], ["stats"], ["stacks", "ls"], ["unknown"]];
  assertEquals(commands.map((args) => endsOnHangup(args, false)), [false, false, false, true, true, true]);
});

Deno.test("a server without a terminal reloads its configuration on SIGHUP and continues", async () => {
  const host = (id: string) => `  - id: ${id}\n    url: unix:///nonexistent/${id}.sock\n`;
  using files = temporaryFolder({ "dockstat.yaml": `hosts:\n${host("a")}` });
  const config = files.path("dockstat.yaml");
  await using program = startProgram(["serve", "--config", config, "--port", "0", "--data", freshFolder()]);
  const url = await program.url();
  const hosts = async () => (await (await fetch(`${url}/docker/hosts`)).json()) as { hostId: string }[];
  Deno.writeTextFileSync(config, `hosts:\n${host("b")}${host("a")}`);
  program.kill("SIGHUP");
  await program.logged("dockstat.yaml was reloaded: added host b");
  assertEquals((await hosts()).map(({ hostId }) => hostId), ["b", "a"]);
  const rule = `alerts:\n  - { name: Busy, when: { kind: threshold, metric: cpu, above: 80 } }\n`;
  Deno.writeTextFileSync(config, `hosts:\n${host("b")}${host("a")}${rule}`);
  program.kill("SIGHUP");
  await program.logged("dockstat.yaml was reloaded: changed alerts and channels");
  Deno.writeTextFileSync(config, `hosts:\n${host("a")}    port: 1\n`);
  program.kill("SIGHUP");
  await program.logged("The configuration was not reloaded");
  assertEquals((await hosts()).map(({ hostId }) => hostId), ["b", "a"]);
  program.kill("SIGTERM");
  assertEquals(await program.status, 0);
});

Deno.test({
  name: "a server whose terminal is closed closes its sockets with 1001",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const mod = new URL("../../../mod.ts", import.meta.url).pathname;
    const line = `${Deno.execPath()} run --no-check -A ${mod} serve --demo 1 --port 0`;
    // "script" gives the server a terminal.
    const terminal = new Deno.Command("script", {
      args: ["-qfc", line, "/dev/null"],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let out = "";
    const reading = terminal.stdout.pipeThrough(new TextDecoderStream())
      .pipeTo(new WritableStream({ write: (text) => void (out += text) }));
    const url = await eventually("the address", () => /^(http\S+)\r?\n/m.exec(out)?.[1]);
    const socket = new WebSocket(`${url.replace("http", "ws")}/docker/stats`);
    const ended = new Promise<number>((resolve) => socket.onclose = ({ code }) => resolve(code));
    await new Promise((resolve) => socket.onopen = resolve);
    terminal.kill("SIGKILL");
    assertEquals(await ended, 1001);
    await Promise.all([terminal.status, reading]);
  },
});
