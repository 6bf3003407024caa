import { contentKey, modeText, safeMode } from "../../../server/store/further/file_modes.ts";
import { assertEquals } from "../../assert.ts";

for (
  const [mode, expected] of [
    [0o644, 0o644],
    [0o755, 0o755],
    [0o777, 0o755],
    [0o664, 0o644],
    [0o600, 0o600],
    [0o400, 0o600],
    [0o000, 0o600],
    [0o4755, 0o755],
    [0o2755, 0o755],
    [0o1777, 0o755],
    [0o100755, 0o755],
  ] as const
) {
  Deno.test(`a file with the permissions ${mode.toString(8)} is stored with ${expected.toString(8)}`, () => {
    assertEquals(safeMode(mode), expected);
  });
}

Deno.test("permissions are three octal digits", () => {
  assertEquals([modeText(0o755), modeText(0o100644), modeText(0)], ["755", "644", "000"]);
});

Deno.test("a file with the usual permissions has the key that earlier versions gave it", () => {
  assertEquals([contentKey("abc", 0o644), contentKey("abc", 0o755)], ["abc", "abc 755"]);
});
