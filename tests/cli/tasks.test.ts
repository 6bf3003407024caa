/** The commands as their tasks run them, with few permissions. */
import { assertEquals, assertMatch } from "../assert.ts";
import { freshFolder, TOKEN } from "../client.ts";
import { permissionsOfTask, startProgram } from "../program.ts";

const COMMANDS: readonly (readonly [args: readonly string[], out: RegExp])[] = [
  [["stats", "--no-stream"], /shop-web-1 +Simulated/],
  [["logs", "--tail", "5"], /Listening on/],
  [["containers"], /shop-web-1/],
  [["stacks"], /shop/],
  [["events"], /^/],
  [["hosts"], /Simulated engine/],
  [["token"], new RegExp(TOKEN)],
];

Deno.test("the task of each command has the permissions that it needs", async () => {
  const env = { DOCKSTAT_TOKEN: TOKEN, DOCKSTAT_DATA: freshFolder() };
  await using server = startProgram(["--demo", "3", "--port", "0"], env);
  const { port } = new URL(await server.url());
  await server.logged("Simulated is up");
  for (const [args, out] of COMMANDS) {
    const permissions = await permissionsOfTask(args[0]!);
    await using program = startProgram([...args, "--port", port], env, permissions);
    assertEquals([await program.status, program.err], [0, ""], args.join(" "));
    assertMatch(program.out, out);
  }
});
