import { parseConfigFile, READERS } from "../../server/config/config_file.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertMatch, assertRejects } from "../assert.ts";
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

Deno.test("history is kept for at most 30 days, and collected in one of three ways", async () => {
  assertEquals(await parseConfigFile("history: {keep: 30d, always: true}\n", "f"), {
    history: { keep: "30d", always: true },
  });
  for (
    const [text, message] of [
      [
        "history: {keep: 31d}\n",
        'f:1:11: history.keep: found "31d": expected a duration from 1m to 30d, such as 7d',
      ],
      ["history: {always: never}\n", 'f:1:11: history.always: found "never": expected auto, true or false'],
      ["history: {for: 1h}\n", "f:1:11: history.for: unknown key: allowed here are keep, always"],
    ] as const
  ) {
    assertEquals((await assertRejects(() => parseConfigFile(text, "f"), AppError)).message, message);
  }
});

for (
  const [what, text] of [
    ["a channel's address", "channels: [{name: a, kind: discord, url: SECRET}]"],
    ["a password that is a number", "channels: [{name: a, kind: ntfy, url: env:A, token: 271828}]"],
    ["a header", "channels: [{name: a, kind: webhook, url: env:A, headers: {X-Key: SECRET}}]"],
    ["a login for Git", "git: {hosts: [{url: https://git.example.org, password: SECRET}]}"],
    ["a header of OTLP", "otlp: {url: https://otel.example.org, headers: {X-Key: SECRET}}"],
  ] as const
) {
  Deno.test(`a message about ${what} that is not a reference does not repeat it`, async () => {
    const { message } = await assertRejects(() => parseConfigFile(text, "f"), AppError);
    assertMatch(message, /found another value: expected "env:NAME" or "file:PATH"/);
    assertEquals(/SECRET|271828/.test(message), false, message);
  });
}

Deno.test("a text in place of a mapping is refused in words", async () => {
  const text = "channels: [{name: a, kind: webhook, url: env:A, template: text}]";
  const { message } = await assertRejects(() => parseConfigFile(text, "f"), AppError);
  assertMatch(message, /template: found "text": expected a mapping$/);
});
