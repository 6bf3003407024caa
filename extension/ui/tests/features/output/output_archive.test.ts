import { OutputFeed } from "../../../src/features/output/output_feed.ts";
import { writeLogFile } from "../../../src/components/lines/log_export.ts";
import { exportEntries } from "../../../src/lib/lines/line_export.ts";
import type { Entry } from "../../../src/lib/lines/line.ts";
import { allLines, type ArchiveFile } from "../../../src/lib/lines/log_archive.ts";
import { assertEquals, assertRejects } from "../../../../../tests/assert.ts";
import { idOf, LogTransport, stampOf } from "../../fakes/output_log.ts";

const ALL = { from: -Infinity, to: Infinity };

function open(...names: readonly string[]) {
  const transport = new LogTransport();
  const feed = new OutputFeed(transport, {
    containers: names.map((name) => ({ hostId: "nas", containerId: idOf(name) })),
  });
  return { transport, archive: feed.archive, [Symbol.dispose]: () => feed[Symbol.dispose]() };
}

async function readAll({ archive }: ReturnType<typeof open>, span = ALL) {
  const texts: string[] = [];
  for await (const lines of archive.read(span, new AbortController().signal)) {
    texts.push(...lines.map(({ text }) => text));
  }
  return texts;
}

Deno.test("reads a whole log of more than one page", async () => {
  using log = open("web");
  for (let n = 0; n < 12_000; n++) log.transport.write("web", stampOf(Math.floor(n / 10), n % 10), String(n));
  assertEquals(await readAll(log), Array.from({ length: 12_000 }, (_, n) => String(n)));
});

Deno.test("reads a range, without its end", async () => {
  using log = open("web");
  for (let n = 0; n < 100; n++) log.transport.write("web", stampOf(n), String(n));
  const span = { from: Date.parse(stampOf(10)), to: Date.parse(stampOf(13)) };
  assertEquals(await readAll(log, span), ["10", "11", "12"]);
});

Deno.test("merges the logs of several containers by time", async () => {
  using log = open("web", "db");
  for (let n = 0; n < 6000; n++) log.transport.write("web", stampOf(n), `web ${n}`);
  for (let n = 0; n < 6000; n += 1000) log.transport.write("db", stampOf(n, 1), `db ${n}`);
  const texts = await readAll(log);
  assertEquals([texts.length, texts[1], texts.at(-1)], [6006, "db 0", "web 5999"]);
  assertEquals(texts.indexOf("db 5000"), texts.indexOf("web 5000") + 1);
});

/** Requests the address of a file, and returns it with the path that was sent to the server. */
async function addressOf(log: ReturnType<typeof open>, file: ArchiveFile) {
  Object.defineProperty(globalThis, "document", {
    configurable: true,
    value: { baseURI: "http://nas:9876/base/#/x" },
  });
  try {
    log.transport.answers["POST /downloads"] = { url: "/base/downloads/abc" };
    const address = await log.archive.addressOf(file);
    const [body] = log.transport.bodies as readonly { readonly path: string }[];
    return { address, path: body?.path };
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
}

Deno.test("the browser saves a log from an address of the server", async () => {
  using log = open("web");
  const lines = allLines({ from: Date.parse(stampOf(10)), to: Infinity });
  assertEquals(await addressOf(log, { lines, times: "none" }), {
    address: "http://nas:9876/base/downloads/abc",
    path: `/logs/ws?container=${idOf("web")}&host=nas&since=2026-08-01T12%3A00%3A10.000Z`,
  });
});

Deno.test("the server applies filters and times, and leaves out hidden containers", async () => {
  using log = open("web", "db");
  const all = allLines(undefined);
  const lines = {
    query: { text: "a.b", isRegex: false, matchCase: true },
    isExclude: true,
    context: 0,
    filter: { ...all.filter, levels: new Set(["warning"] as const), muted: new Set([idOf("db")]) },
  };
  const { path } = await addressOf(log, { lines, times: "utc" });
  const { searchParams } = new URL(path!, "http://nas");
  assertEquals(Object.fromEntries(searchParams), {
    ...{
      container: idOf("web"),
      host: "nas",
      exclude: "a\\.b",
      case: "1",
      levels: "warn",
      timestamps: "UTC",
    },
  });
});

Deno.test("local times are those of the browser's time zone", async () => {
  using log = open("web");
  const { path } = await addressOf(log, { lines: allLines(undefined), times: "local" });
  const zone = new URL(path!, "http://nas").searchParams.get("timestamps");
  assertEquals(zone, Intl.DateTimeFormat().resolvedOptions().timeZone);
});

for (
  const [what, changes] of [
    ["with a pattern that is too long for the server", { query: "x".repeat(257), muted: [] }],
    ["without a visible container", { query: "", muted: ["web", "db"] }],
  ] as const
) {
  Deno.test(`the page writes a log ${what}`, async () => {
    using log = open("web", "db");
    const { filter } = allLines(undefined);
    const lines = {
      query: { text: changes.query, isRegex: false, matchCase: false },
      isExclude: false,
      context: 0,
      filter: { ...filter, muted: new Set(changes.muted.map(idOf)) },
    };
    assertEquals((await addressOf(log, { lines, times: "none" })).address, undefined);
  });
}

Deno.test("writes the lines that pass a filter, with traces as entries", async () => {
  using log = open("web");
  log.transport.write("web", stampOf(1), "ready");
  log.transport.write("web", stampOf(2), "ERROR failed");
  log.transport.write("web", stampOf(2, 1), "    at run (a.js:1:2)");
  const progress: number[] = [];
  const { parts, isCut } = await writeLogFile(log.archive, {
    span: ALL,
    filter: (entries: readonly Entry[]) => entries.filter(({ level }) => level === "error"),
    textOf: (entries) => exportEntries(entries, { times: "none" }),
    onProgress: (lines) => progress.push(lines),
    signal: new AbortController().signal,
  });
  assertEquals(parts.join(""), "ERROR failed\n    at run (a.js:1:2)\n");
  assertEquals([isCut, progress], [false, [3]]);
});

Deno.test("reports a page that cannot be read", async () => {
  using log = open("web");
  log.transport.onPage = () => {
    throw new Error("the host is down");
  };
  await assertRejects(() => readAll(log), Error, "the host is down");
});
