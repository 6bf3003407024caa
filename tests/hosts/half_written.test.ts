import { whyHalfWritten } from "../../server/hosts/half_written.ts";
import { assert, assertEquals } from "../assert.ts";

const LOADED = "hosts:\n  - id: a\n    url: tcp://10.0.0.5:2375\n  - id: b\n    url: ssh://b\nexec: false\n";

Deno.test("every beginning of the text in use looks half-written", () => {
  for (let length = 0; length < LOADED.length; length++) {
    assert(whyHalfWritten(LOADED.slice(0, length), LOADED), `the first ${length} characters`);
  }
});

Deno.test("a complete text does not look half-written", () => {
  const flow = "exec: false\nhosts: [{ id: b, url: tcp://10.0.0.6 }]";
  const texts = [LOADED, LOADED + "# more\n", flow, "reader: engine\nexec: true\n"];
  assertEquals(texts.map((text) => whyHalfWritten(text, LOADED)), texts.map(() => undefined));
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

const CHANGED = "# Sites\n" + LOADED.replace("10.0.0.5", "10.0.0.6");
const ADDED = LOADED.replace("  - id: b", "  - id: c\n    url: tcp://10.0.0.7:2375\n  - id: b");
const FLOW = "hosts:\n  - { id: a, url: ssh://a }\n  - { id: b, url: ssh://b }\n";

for (
  const [what, loaded, next] of [
    ["with an earlier change", LOADED, CHANGED],
    ["with another host in the middle", LOADED, ADDED],
    ["with hosts on one line each", FLOW, `# Sites\n${FLOW}`],
  ] as const
) {
  Deno.test(`every beginning of a changed text ${what} looks half-written`, () => {
    for (let length = 0; length < next.trimEnd().length; length++) {
      assert(whyHalfWritten(next.slice(0, length), loaded), `the first ${length} characters`);
    }
    assertEquals(whyHalfWritten(next, loaded), undefined);
  });
}

Deno.test("a text in another order, or with a changed last host, is complete", () => {
  const swapped = FLOW.split("\n").toSpliced(1, 2, ...FLOW.split("\n").slice(1, 3).reverse()).join("\n");
  assertEquals(whyHalfWritten(swapped, FLOW), undefined);
  assertEquals(whyHalfWritten(FLOW.replace("ssh://b", "ssh://root@b"), FLOW), undefined);
});
