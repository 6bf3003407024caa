import { parseConfigFile, READERS } from "../../server/config/config_file.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { resolveConfig } from "../../server/config/config.ts";

Deno.test("the reader is that of the file, and chosen automatically without it", async () => {
  using folder = temporaryFolder({ "dockstat.yaml": "reader: engine\n" });
  const read = async (flags: { readonly config?: string }) =>
    (await resolveConfig(flags, { HOME: "/nonexistent" }, "linux")).reader;
  assertEquals(await read({ config: folder.path("dockstat.yaml") }), "engine");
  assertEquals(await read({}), "auto");
});

Deno.test("reads every reader", async () => {
  for (const reader of READERS) assertEquals(await parseConfigFile(`reader: ${reader}\n`, "f"), { reader });
});

Deno.test("refuses another reader with its line and column", async () => {
  for (
    const [text, message] of [
      [
        "history: {}\nreader: cgroup\n",
        'f:2:1: reader: found "cgroup": expected one of auto, kernel, engine',
      ],
      ["reader: true\n", "f:1:1: reader: found the boolean true: expected one of auto, kernel, engine"],
      ["reader: [kernel]\n", "f:1:1: reader: found a list: expected one of auto, kernel, engine"],
    ] as const
  ) {
    assertEquals((await assertRejects(() => parseConfigFile(text, "f"), AppError)).message, message);
  }
});
