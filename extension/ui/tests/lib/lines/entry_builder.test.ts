import { EntryBuilder } from "../../../src/lib/lines/entry_builder.ts";
import { linesOf, type LineText } from "../../../src/lib/lines/line.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

/** Groups lines that are 1 ms apart. */
function group(texts: readonly string[], change: (index: number) => Partial<LineText> = () => ({})) {
  const builder = new EntryBuilder();
  for (const [id, text] of texts.entries()) {
    const timestamp = new Date(Date.UTC(2026, 7, 1, 12) + id).toISOString();
    builder.add({ id, timestamp, text, stream: "stderr", ...change(id) });
  }
  return builder.entries;
}

const sizes = (texts: readonly string[], change?: (index: number) => Partial<LineText>) =>
  group(texts, change).map((entry) => linesOf(entry).length);

const JAVA = [
  "2026-11-25T12:00:00+00:00 ERROR c.e.Shop - charge failed",
  "java.lang.IllegalStateException: payment refused",
  "\tat com.example.Pay.step1(Pay.java:11)",
  "\tat com.example.Pay.step2(Pay.java:22)",
  "Caused by: java.net.ConnectException: Connection refused",
  "\t... 12 more",
];
const GO = [
  "panic: runtime error: index out of range [3] with length 2",
  "",
  "goroutine 1 [running]:",
  "main.work(...)",
  "\t/src/main.go:17 +0x1d",
  "exit status 2",
];
const PYTHON = [
  "Traceback (most recent call last):",
  '  File "/app/main.py", line 12, in <module>',
  "    main()",
  "KeyError: 'user'",
];
const CHAINED = [
  ...PYTHON,
  "",
  "During handling of the above exception, another exception occurred:",
  "",
  ...PYTHON,
];
const NODE = [
  "/app/server.js:12",
  '    throw new Error("no database");',
  "    ^",
  "",
  "Error: no database",
  "    at start (/app/server.js:12:11)",
  "    at async main (/app/server.js:20:3) {",
  "  code: 'ENOENT',",
  "}",
  "",
  "Node.js v22.1.0",
];
const DOTNET = [
  "Unhandled exception. System.InvalidOperationException: no stock",
  " ---> System.Exception: inner",
  "   at Shop.Stock.Reserve() in /src/Stock.cs:line 12",
  "   --- End of inner exception stack trace ---",
  "   at Shop.Program.Main() in /src/Program.cs:line 3",
];
const DOTNET_LOGGER = [
  "fail: Shop.Orders[0]",
  "      Order 7 failed",
  "      System.Exception: no stock",
  "         at Shop.Stock.Reserve()",
];

for (
  const [name, trace] of Object.entries({
    "a trace of Java": JAVA,
    "an uncaught exception of Java": [
      'Exception in thread "main" java.lang.Error: x',
      "\tat a.B.c(B.java:1)",
    ],
    "a panic of Go": GO,
    "a traceback of Python": PYTHON,
    "chained tracebacks of Python": CHAINED,
    "a logged traceback of Python": ["2026-11-25 12:00:00,015 - app - ERROR - failed", ...PYTHON],
    "an error of Node": NODE,
    "a logged error of Node": ["TypeError: x is not a function", "    at run (file:///app/a.mjs:1:2)"],
    "an exception of .NET": DOTNET,
    "a message of .NET's console logger": DOTNET_LOGGER,
    "an indented statement of PostgreSQL": ["2026-11-25 12:00:00.000 UTC [1] ERROR:  syntax", "\tselect 1"],
  })
) {
  Deno.test(`joins ${name} to one entry with its level`, () => {
    const entries = group(["ready", ...trace, "ready again"]);
    assertEquals(entries.map((entry) => linesOf(entry).length), [1, trace.length, 1]);
    assertEquals(entries[1]!.level, name.includes("panic") ? "fatal" : "error");
  });
}

Deno.test("keeps consecutive traces apart", () => {
  const texts = [...JAVA, ...JAVA, ...PYTHON, ...PYTHON, ...GO, ...GO];
  assertEquals(sizes(texts), [6, 6, 4, 4, 6, 6]);
});

Deno.test("does not join lines that are only indented, or state a level", () => {
  assertEquals(sizes(["usage:", "  run", "  stop"]), [1, 1, 1]);
  assertEquals(sizes(["INFO ready", "  WARN slow"]), [1, 1]);
  assertEquals(sizes(['{"level":"error"}', "  x"]), [1, 1]);
});

Deno.test("does not join a line that comes a second later", () => {
  const late = (index: number) => ({ timestamp: `2026-08-01T12:00:0${index * 2}.000Z` });
  assertEquals(sizes(["ERROR failed", "    at run (a.js:1:2)"], late), [1, 1]);
});

Deno.test("joins a trace across lines of the other stream and of other containers", () => {
  const texts = ["ERROR failed", "ready", "    at run (a.js:1:2)"];
  assertEquals(sizes(texts, (index) => index === 1 ? { stream: "stdout" } : {}), [2, 1]);
  assertEquals(sizes(texts, (index) => ({ source: index === 1 ? "db" : "web" })), [2, 1]);
});

Deno.test("orders lines of several containers by time, but never those of one container", () => {
  const seconds = [5, 3, 4];
  const texts = ["a", "b", "c"];
  const at = (index: number) => ({ timestamp: `2026-08-01T12:00:0${seconds[index]}.000Z` });
  const several = group(texts, (index) => ({ ...at(index), source: index === 0 ? "web" : "db" }));
  assertEquals(several.map(({ head }) => head.text), ["b", "c", "a"]);
  assertEquals(group(texts, at).map(({ head }) => head.text), ["a", "b", "c"]);
});

Deno.test("a note begins an entry, and joins nothing", () => {
  assertEquals(
    sizes(
      ["ERROR failed", "Restarted.", "    at run (a.js:1:2)"],
      (index) => index === 1 ? { note: true } : {},
    ),
    [2, 1],
  );
});
