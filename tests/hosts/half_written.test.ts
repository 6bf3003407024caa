import { whyHalfWritten } from "../../server/hosts/half_written.ts";
import { assert, assertEquals } from "../assert.ts";

const LOADED = "hosts:\n  - id: a\n    url: tcp://10.0.0.5:2375\n  - id: b\n    url: ssh://b\nexec: false\n";

Deno.test("every beginning of the text in use looks half-written", () => {
  for (let length = 0; length < LOADED.length; length++) {
    assert(whyHalfWritten(LOADED.slice(0, length), LOADED), `the first ${length} characters`);
  }
});

Deno.test("a complete text does not look half-written", () => {
  const texts = [LOADED, LOADED + "# more\n", "hosts: [{id: c, url: tcp://10.0.0.6}]", "reader: engine\n"];
  assertEquals(texts.map((text) => whyHalfWritten(text, LOADED)), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("a cut line of another text looks half-written", () => {
  assertEquals(
    whyHalfWritten("hosts:\n  - id: c\n    url: tcp://10.0", LOADED),
    "its last line is incomplete",
  );
});

Deno.test("a text without a last newline is complete when the text in use has none either", () => {
  assertEquals(whyHalfWritten("reader: kernel", "reader: engine"), undefined);
});

Deno.test("an empty file looks complete only when none was in use", () => {
  assertEquals([whyHalfWritten("\n", LOADED), whyHalfWritten("", "")], ["it is empty", undefined]);
});
