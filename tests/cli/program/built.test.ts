/** The program as tasks and the image run it, from `dist/server`. */
import { assert, assertEquals } from "../../assert.ts";
import { Program } from "../../program.ts";

const ROOT = new URL("../../../", import.meta.url);

Deno.test("the built server starts, and its log names the files of the sources", async () => {
  const built = await Deno.stat(new URL("dist/server/program.js", ROOT)).catch(() => undefined);
  assert(built?.isFile, 'The server is not built: "deno task server" builds it');
  const data = await Deno.makeTempDir();
  try {
    const main = new URL("main.ts", ROOT).pathname;
    const flags = ["--demo", "1", "--port", "0", "--data", data, "--log-format", "json"];
    await using program = new Program(["serve", ...flags], {}, ["-A"], undefined, main);
    await program.url();
    await program.logged('"message"');
    const [line = ""] = program.err.split("\n");
    const { file } = JSON.parse(line);
    assertEquals(/^\w+\.ts$/.test(file), true, line);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});
