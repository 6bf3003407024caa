import { endsOnHangup } from "../../../server/cli/program/hangup.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { startProgram } from "../../program.ts";

Deno.test("a closed terminal ends every command", () => {
  for (const args of [[], ["serve"], ["stats"], ["logs", "web"]]) assert(endsOnHangup(args, true));
});

Deno.test("without a terminal SIGHUP ends every command but serve", () => {
  const commands = [[], ["serve"], ["serve", "--port", "0"], ["stats"], ["stacks", "ls"], ["unknown"]];
  assertEquals(commands.map((args) => endsOnHangup(args, false)), [false, false, false, true, true, true]);
});

Deno.test("a server without a terminal logs SIGHUP and continues", async () => {
  await using program = startProgram(["serve", "--demo", "1", "--port", "0", "--data", freshFolder()]);
  const url = await program.url();
  program.kill("SIGHUP");
  await program.logged("SIGHUP is ignored");
  assertEquals(await (await fetch(`${url}/healthz`)).json(), { status: "ok" });
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
