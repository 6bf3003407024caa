import { OutputFeed } from "../../../src/features/output/output_feed.ts";
import { writeLogFile } from "../../../src/components/lines/log_export.ts";
import { exportEntries } from "../../../src/lib/lines/line_export.ts";
import type { Entry } from "../../../src/lib/lines/line.ts";
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

Deno.test("the browser saves the log of one container from an address of the server", async () => {
  using log = open("web");
  Object.defineProperty(globalThis, "document", {
    configurable: true,
    value: { baseURI: "http://nas:9876/base/#/x" },
  });
  try {
    log.transport.answers["POST /downloads"] = { url: "/base/downloads/abc" };
    const span = { from: Date.parse(stampOf(10)), to: Infinity };
    assertEquals(await log.archive.addressOf(span), "http://nas:9876/base/downloads/abc");
    assertEquals(log.transport.bodies, [{
      path: `/logs/ws?container=${idOf("web")}&host=nas&since=2026-08-01T12%3A00%3A10.000Z`,
    }]);
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

Deno.test("the page itself writes the log of several containers", async () => {
  using log = open("web", "db");
  assertEquals(await log.archive.addressOf(ALL), undefined);
});

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
