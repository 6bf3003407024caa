import type { OutputLine } from "../../../server/docker/demux.ts";
import { type LineCriteria, LineFilter } from "../../../server/output/filter/line_filter.ts";
import { assertEquals } from "../../assert.ts";

const SIGNAL = new AbortController().signal;
type Line = Pick<OutputLine, "message" | "stream">;

function lines(...messages: readonly string[]): Line[] {
  return messages.map((message) => ({ message, stream: "stdout" }));
}

async function found(
  criteria: Partial<LineCriteria>,
  ...batches: readonly (readonly Line[])[]
): Promise<string> {
  const filter = new LineFilter<Line>({ context: 0, ...criteria }, (line) => line);
  const passed = [];
  for (const batch of batches) passed.push(...await filter.pass(batch, SIGNAL));
  return passed.map(({ message }) => message).join(" ");
}

const match = (wanted: string) => (text: string) => text.includes(wanted);
const COUNTED = lines("1", "2", "3x", "4", "5", "6x", "7x", "8", "9");

for (
  const [context, expected] of [
    [0, "3x 6x 7x"],
    [1, "2 3x 4 5 6x 7x 8"],
    [2, "1 2 3x 4 5 6x 7x 8 9"],
    [20, "1 2 3x 4 5 6x 7x 8 9"],
  ] as const
) {
  Deno.test(`shows ${context} lines around a match, each once`, async () => {
    assertEquals(await found({ match: match("x"), context }, COUNTED), expected);
  });
}

Deno.test("the context reaches across batches", async () => {
  assertEquals(
    await found({ match: match("x"), context: 1 }, ...COUNTED.map((line) => [line])),
    "2 3x 4 5 6x 7x 8",
  );
});

Deno.test("excludes lines, also those that match", async () => {
  assertEquals(await found({ exclude: match("x") }, COUNTED), "1 2 4 5 8 9");
  assertEquals(await found({ match: match("x"), exclude: match("6") }, COUNTED), "3x 7x");
});

Deno.test("selects levels, and lines without one by none", async () => {
  const written = lines("INFO a", "ERROR b", "done", "WARN c");
  assertEquals(await found({ levels: new Set(["error", "none"]) }, written), "ERROR b done");
});

Deno.test("a trace has the level of the line before it, in its own stream", async () => {
  const trace = lines("ERROR failed", "\tat a(A.java:1)", "INFO ok", "\tindented");
  const other: Line = { message: "INFO other", stream: "stderr" };
  const written = [trace[0]!, other, ...trace.slice(1)];
  assertEquals(await found({ levels: new Set(["error"]) }, written), "ERROR failed \tat a(A.java:1)");
});

Deno.test("matches what is visible between colors", async () => {
  assertEquals(
    await found({ match: match("ERROR") }, lines("\x1b[31mERR\x1b[1mOR\x1b[0m")),
    "\x1b[31mERR\x1b[1mOR\x1b[0m",
  );
});

Deno.test("passes items that are not lines", async () => {
  const filter = new LineFilter<number>({ context: 0, match: () => false }, () => undefined);
  assertEquals(await filter.pass([1, 2], SIGNAL), [1, 2]);
});

Deno.test("keeps few long lines for a later match", async () => {
  const long = "y".repeat(400_000);
  const shown = await found({ match: match("x"), context: 20 }, lines(long, long, long, long, "x"));
  assertEquals(shown.length, 2 * long.length + 3);
});

Deno.test("other tasks run during a long search", async () => {
  const filter = new LineFilter<Line>({
    context: 0,
    match: (text) => {
      const end = performance.now() + 3;
      while (performance.now() < end);
      return text === "";
    },
  }, (line) => line);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await filter.pass(lines(...Array.from({ length: 30 }, (_, index) => String(index))), SIGNAL);
  clearInterval(timer);
  assertEquals(turns > 3, true, `${turns} turns`);
});

Deno.test("a search ends with its signal", async () => {
  assertEquals(
    await new LineFilter<Line>({ context: 0 }, (line) => line).pass(COUNTED, AbortSignal.abort()),
    [],
  );
});

Deno.test("shows the lines of one stream", async () => {
  const both: Line[] = [{ message: "out", stream: "stdout" }, { message: "err", stream: "stderr" }];
  assertEquals(await found({ stream: "stderr" }, both), "err");
});
