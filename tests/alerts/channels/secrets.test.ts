import { assertEquals, assertThrows } from "../../assert.ts";
import { MissingSecret, readSecret } from "../../../server/alerts/channels/secrets.ts";
import { addSecret } from "../../../server/log/redact.ts";

const none = () => undefined;

Deno.test("A secret in a file is its first line", () => {
  const path = Deno.makeTempFileSync();
  try {
    Deno.writeTextFileSync(path, "one\r\ntwo\n");
    assertEquals(readSecret(`file:${path}`, none), "one");
  } finally {
    Deno.removeSync(path);
  }
});

for (const path of ["/proc/kmsg", "/proc/self/environ"]) {
  Deno.test({
    name: `A channel cannot use ${path}, which could block the process or hold the environment`,
    ignore: Deno.build.os !== "linux",
    fn: () => void assertThrows(() => readSecret(`file:${path}`, none), MissingSecret),
  });
}

Deno.test("A channel cannot send DockStat's own token, whether from its file or from a variable", () => {
  const token = "a-token-that-no-channel-may-send";
  const path = Deno.makeTempFileSync();
  addSecret(token);
  try {
    Deno.writeTextFileSync(path, token);
    assertThrows(() => readSecret(`file:${path}`, none), MissingSecret, "holds the token");
    assertThrows(() => readSecret("env:COPY", () => `Bearer ${token}`), MissingSecret, "holds the token");
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("A secret of more than 4096 characters is refused", () => {
  assertThrows(() => readSecret("env:LONG", () => "/".repeat(4097)), MissingSecret, "4096 characters");
});
