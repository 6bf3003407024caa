import { parseProgressLine } from "../../server/compose/progress.ts";
import { ProgressFilter } from "../../server/stacks/progress/progress_filter.ts";
import { sentence } from "../../server/stacks/progress/sentence.ts";
import { assert, assertEquals } from "../assert.ts";

const FIXTURES = new URL("../fixtures/compose/", import.meta.url);

/** Returns the messages of a recorded run for all clients, and the reason for its failure. */
async function messagesOf(name: string): Promise<{ messages: string[]; reason: string | undefined }> {
  const filter = new ProgressFilter();
  const lines = (await Deno.readTextFile(new URL(name, FIXTURES))).split("\n").map(parseProgressLine);
  const reports = lines.flatMap((line) => line === undefined ? [] : filter.take(line));
  const messages = reports.filter(({ detailOnly }) => !detailOnly).map(({ message }) => message);
  const last = lines.findLast((line) => line?.kind === "failure" || line?.kind === "note");
  return { messages, reason: last && "message" in last ? last.message : undefined };
}

const CASES: readonly (readonly [line: string, sentence: string, state: string])[] = [
  ['{"id":"Network web_default","status":"Creating"}', "Creating network web_default", "working"],
  ['{"id":"Container web-a-1","status":"Started"}', "Started container web-a-1", "done"],
  ['{"id":"a","text":"Pulling"}', "Pulling a", "working"],
  ['{"id":"a","text":"Pulled"}', "Pulled a", "done"],
  ['{"id":"a","text":"Error","status":"no such host"}', "a: no such host", "error"],
  ['{"id":"b","status":"Interrupted"}', "b: Interrupted", "warning"],
  [
    '{"id":"Container web-b-1","status":"service \\"b\\" exit 3"}',
    'container web-b-1: service "b" exit 3',
    "error",
  ],
  ['{"id":"Network n","status":"Working","text":"Creating"}', "Creating network n", "working"],
  ['{"id":"Network n","status":"Done","text":"Created"}', "Created network n", "done"],
  [
    '{"id":"Container c","status":"Error","text":"Error","details":"port taken"}',
    "container c: port taken",
    "error",
  ],
  [
    '{"id":"Container c","status":"Error","details":"mounting /data: permission denied"}',
    "container c: mounting /data: permission denied",
    "error",
  ],
  [
    '{"id":"Container c","text":"Error","status":"pulling failed: no such host"}',
    "container c: pulling failed: no such host",
    "error",
  ],
  ['{"id":"Container c","status":"Done","text":"Waiting"}', "Waiting container c", "done"],
  ['{"id":"Container c","status":"Recreate"}', "Recreating container c", "working"],
  ['{"id":"Container c","status":"Recreated"}', "Recreated container c", "done"],
  ['{"id":"Volume v","status":"Exists"}', "Exists volume v", "done"],
  ['{"id":"web","text":"Pushed"}', "Pushed web", "done"],
  ['{"id":"web","text":"Skipped - Image can be built"}', "web: Skipped - Image can be built", "done"],
  ['{"id":"web","status":"Skipped: optional dependency"}', "web: Skipped - optional dependency", "warning"],
  [
    '{"id":"Image a:1","status":"Done","text":"Skipped","details":"Image can be built"}',
    "image a:1: Skipped - Image can be built",
    "done",
  ],
  [
    '{"id":"Network n","status":"Resource is still in use"}',
    "network n: Resource is still in use",
    "warning",
  ],
  ['{"id":"service:web:1","status":"Error","text":"name is in use"}', "web: name is in use", "error"],
  ['{"id":"hook:web:pre_start:0","status":"Working","text":"Starting"}', "Starting web", "working"],
  ['{"id":"network:a","status":"Working","text":"Creating"}', "Creating network a", "working"],
  ['{"id":"__proto__","text":"Pulling"}', "Pulling __proto__", "working"],
  [" Network web_default  Creating", "Creating network web_default", "working"],
  [" Container web-a-1  Started", "Started container web-a-1", "done"],
  [" a Pulling ", "Pulling a", "working"],
];

for (const [line, text, state] of CASES) {
  Deno.test(`reads ${line} as "${text}"`, () => {
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
    '{"level":"info","msg":"x"}',
    '{"id":7}',
    "null",
    "\0",
  ]
) {
  Deno.test(`keeps a line that is not progress as a note: ${JSON.stringify(line)}`, () => {
    assertEquals(parseProgressLine(line)?.kind, "note");
  });
}

Deno.test("ignores an empty line", () => assertEquals(parseProgressLine("  \r"), undefined));

Deno.test("reads the same steps and the same reason from every form of progress", async () => {
  const why = 'service "b" didn\'t complete successfully: exit 3';
  for (const form of ["2.26-plain", "2.40-plain", "2.40-json"]) {
    const up = await messagesOf(`${form}-up-fails.txt`);
    assertEquals(
      up.messages.slice(0, 2),
      ["Creating network web_default", "Created network web_default"],
      form,
    );
    assert(up.messages.includes("Started container web-a-1"), form);
    assertEquals(up.reason, why, form);
    const down = await messagesOf(`${form}-down.txt`);
    assertEquals([down.messages.at(-1), down.reason], ["Removed network web_default", undefined], form);
  }
});

Deno.test("reports every ten percent of a pull", async () => {
  assertEquals((await messagesOf("2.40-json-pull.txt")).messages, [
    "Pulling a",
    "Pulling a: 100 %",
    "Pulled a",
  ]);
  assertEquals((await messagesOf("2.26-plain-pull.txt")).messages, [
    "Pulling a",
    "Pulling image: 100 %",
    "Pulled a",
  ]);
  const fifth = await messagesOf("5.0-json-up.txt");
  assertEquals(fifth.reason, "Error response from daemon: port is already allocated");
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

Deno.test("reports a resource again only after a change", () => {
  const filter = new ProgressFilter();
  const messages = (text: string) => filter.take(parseProgressLine(text)!).map(({ message }) => message);
  assertEquals(messages(" Container a  Creating"), ["Creating container a"]);
  assertEquals(messages(" Container a  Creating"), []);
  assertEquals(messages(" Container a  Created"), ["Created container a"]);
});

const UNSET = 'The "TOKEN" variable is not set. Defaulting to a blank string.';
for (
  const line of [
    JSON.stringify({ level: "warning", msg: UNSET, time: "2026-08-01T12:00:00Z" }),
    `time="2026-08-01T12:00:00Z" level=warning msg=${JSON.stringify(UNSET)}`,
    `WARN[0000] ${UNSET}`,
    `WARNING: ${UNSET}`,
    JSON.stringify({ tail: true, text: `WARNING: ${UNSET}` }),
  ]
) {
  Deno.test(`reads a warning: ${line}`, () => {
    assertEquals(parseProgressLine(line), { kind: "warning", message: UNSET });
  });
}

Deno.test("removes doubled line ends and repeated lines from a failure", () => {
  const failure = (message: string) => parseProgressLine(JSON.stringify({ error: true, message }));
  assertEquals(failure("Dockerfile:4\n\n----\n\nfailed to solve: exit code 1\n"), {
    kind: "failure",
    message: "Dockerfile:4\n----\nfailed to solve: exit code 1",
  });
  assertEquals(failure("no such image\nno such image"), { kind: "failure", message: "no such image" });
});

Deno.test("takes no bytes from the seconds of an extraction", () => {
  const line = parseProgressLine(
    '{"id":"a","parent_id":"Image b","status":"Working","text":"Extracting","current":7}',
  );
  assert(line?.kind === "resource");
  assertEquals([line.resource, line.current], [{ kind: "layer", name: "a", parent: "b" }, undefined]);
});

for (const text of [" ".repeat(60_000) + "x", "1".repeat(60_000) + "x", " [".repeat(30_000)]) {
  Deno.test(`reads a layer with the text "${text.trim().slice(0, 3)}…" of 60,000 characters in one pass`, () => {
    const line = parseProgressLine(` 0123456789ab Downloading ${text}`);
    assertEquals(line?.kind, "resource");
  });
}
