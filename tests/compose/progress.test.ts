import { parseProgressLine, sentence } from "../../server/compose/progress.ts";
import { ProgressFilter } from "../../server/stacks/progress_filter.ts";
import { assert, assertEquals } from "../assert.ts";

const FIXTURES = new URL("../fixtures/compose/", import.meta.url);

/** What people are told of a recorded run, and why it failed. */
async function told(name: string): Promise<{ messages: string[]; words: string | undefined }> {
  const teller = new ProgressFilter();
  const lines = (await Deno.readTextFile(new URL(name, FIXTURES))).split("\n").map(parseProgressLine);
  const messages = lines.map((line) => line && teller.tell(line)?.message).filter((text) =>
    text !== undefined
  );
  const last = lines.findLast((line) => line?.kind === "failure" || line?.kind === "note");
  return { messages, words: last && "message" in last ? last.message : undefined };
}

const CASES: readonly (readonly [line: string, sentence: string, state: string])[] = [
  ['{"id":"Network web_default","status":"Creating"}', "Creating network web_default", "working"],
  ['{"id":"Container web-a-1","status":"Started"}', "Started container web-a-1", "done"],
  ['{"id":"a","text":"Pulling"}', "Pulling a", "working"],
  ['{"id":"a","text":"Pulled"}', "Pulled a", "done"],
  ['{"id":"a","text":"Error","status":"no such host"}', "a: no such host", "error"],
  ['{"id":"b","status":"Interrupted"}', "b: Interrupted", "error"],
  [
    '{"id":"Container web-b-1","status":"service \\"b\\" exit 3"}',
    'container web-b-1: service "b" exit 3',
    "working",
  ],
  ['{"id":"Network n","status":"Working","text":"Creating"}', "Creating network n", "working"],
  ['{"id":"Network n","status":"Done","text":"Created"}', "Created network n", "done"],
  [
    '{"id":"Container c","status":"Error","text":"Error","details":"port taken"}',
    "container c: port taken",
    "error",
  ],
  [" Network web_default  Creating", "Creating network web_default", "working"],
  [" Container web-a-1  Started", "Started container web-a-1", "done"],
  [" a Pulling ", "Pulling a", "working"],
];

for (const [line, text, state] of CASES) {
  Deno.test(`Compose's line ${line} reads "${text}"`, () => {
    const parsed = parseProgressLine(line);
    assert(parsed?.kind === "resource");
    assertEquals([sentence(parsed), parsed.state], [text, state]);
  });
}

for (
  const line of [
    "{",
    '{"a":1}',
    "[]",
    "time=2026 level=warning msg=x",
    "WARN[0000] x",
    '{"id":7}',
    "null",
    "\0",
  ]
) {
  Deno.test(`a line that is no progress is a note: ${JSON.stringify(line)}`, () => {
    assertEquals(parseProgressLine(line)?.kind, "note");
  });
}

Deno.test("an empty line says nothing", () => assertEquals(parseProgressLine("  \r"), undefined));

Deno.test("every form of Compose's progress tells the same steps and the same reason", async () => {
  const why = 'service "b" didn\'t complete successfully: exit 3';
  for (const form of ["2.26-plain", "2.40-plain", "2.40-json"]) {
    const up = await told(`${form}-up-fails.txt`);
    assertEquals(
      up.messages.slice(0, 2),
      ["Creating network web_default", "Created network web_default"],
      form,
    );
    assert(up.messages.includes("Started container web-a-1"), form);
    assertEquals(up.words, why, form);
    const down = await told(`${form}-down.txt`);
    assertEquals([down.messages.at(-1), down.words], ["Removed network web_default", undefined], form);
  }
});

Deno.test("of a pull every tenth of the way is told, where Compose tells it", async () => {
  assertEquals((await told("2.40-json-pull.txt")).messages, ["Pulling a", "Pulling a: 100 %", "Pulled a"]);
  assertEquals((await told("2.26-plain-pull.txt")).messages, [
    "Pulling a",
    "Pulling image: 100 %",
    "Pulled a",
  ]);
  const fifth = await told("5.0-json-up.txt");
  assertEquals(fifth.words, "Error response from daemon: port is already allocated");
  assertEquals(fifth.messages, [
    "Pulling image 127.0.0.1/web:1",
    "Pulling 127.0.0.1/web:1: 40 %",
    "Pulling 127.0.0.1/web:1: 100 %",
    "Pulled image 127.0.0.1/web:1",
    "Creating network web_default",
    "Created network web_default",
    "Starting container web-a-1",
    "container web-a-1: port is already allocated",
  ]);
});

Deno.test("what was told of a resource is not told again until it changes", () => {
  const teller = new ProgressFilter();
  const say = (text: string) => teller.tell(parseProgressLine(text)!)?.message;
  assertEquals(say(" Container a  Creating"), "Creating container a");
  assertEquals(say(" Container a  Creating"), undefined);
  assertEquals(say(" Container a  Created"), "Created container a");
});
