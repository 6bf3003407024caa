import { runBackup } from "../../server/cli/backup.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { permissionsOfTask, startProgram } from "../program.ts";

const NO_ENGINE = { DOCKER_HOST: "unix:///nonexistent" };

Deno.test("a backup of a running server restores its token, and the running server is protected", async () => {
  using folder = temporaryFolder();
  const [data, file, other] = ["data", "a.backup", "other"].map(folder.path) as [string, string, string];
  const run = async (command: "backup" | "restore", ...args: string[]) => {
    await using program = startProgram([command, ...args], {}, await permissionsOfTask(command));
    return [await program.status, program.out, program.err] as const;
  };
  await using server = startProgram(["--port", "0", "--data", data], NO_ENGINE);
  await server.url();
  const [code, out, note] = await run("backup", file, "--data", data);
  assertEquals([code, out], [0, ""]);
  assertStringIncludes(note, "contains secrets");
  const [refused, , why] = await run("restore", file, "--data", data, "--force");
  assertEquals(refused, 1);
  assertStringIncludes(why, "Stop the server first");
  assertEquals((await run("restore", file, "--data", other))[0], 0);
  const [token, copy] = [data, other].map((path) => Deno.readTextFileSync(`${path}/token`));
  assertEquals(token, copy);
});

const WRONG: readonly (readonly [readonly string[], string])[] = [
  [[], "restore: expected the path of the backup"],
  [["a", "b"], 'Unexpected argument "b" after "restore"'],
];

for (const [args, message] of WRONG) {
  Deno.test(`restore ${args.join(" ")} is refused`, async () => {
    const error = await assertRejects(() => runBackup("restore", args, {}), AppError, message);
    assertEquals(error.code, "usage");
  });
}
