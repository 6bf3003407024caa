import { assertEquals, assertStringIncludes } from "../../../../../../tests/assert.ts";
import { OutputSearch } from "../../../../src/features/output/search/output_search.ts";
import type { SearchRequest } from "../../../../src/lib/lines/log_archive.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const WEB = { hostId: "nas", containerId: "a".repeat(64) };
const API = { hostId: "nas", containerId: "b".repeat(64) };
const PLAIN: SearchRequest = {
  query: { text: "a.b", isRegex: false, matchCase: false },
  isExclude: false,
  context: 0,
  filter: { levels: new Set(), stream: "all", muted: new Set(), span: undefined },
};

function open(target: ConstructorParameters<typeof OutputSearch>[1] = { containers: [WEB] }) {
  const transport = new FakeTransport();
  const search = new OutputSearch(transport, target, () => [WEB, API]);
  const options = () => new URLSearchParams(transport.newest.path.split("?")[1]);
  const send = (frame: unknown) => transport.newest.listener.frame(JSON.stringify(frame));
  return { transport, search, options, send, [Symbol.dispose]: () => search[Symbol.dispose]() };
}

function line(message: string, ordinal = 0) {
  const timestamp = "2026-08-01T12:00:00.000000001Z";
  return { timestamp, message, stream: "stdout", ...WEB, cursor: `${timestamp}_${ordinal}` };
}

const PROGRESS = { scanned: 10, found: 1, at: null, done: false, next: null };

Deno.test("a plain text is searched as it is", () => {
  using it = open();
  it.search.start(PLAIN);
  const options = it.options();
  assertEquals([options.get("match"), options.get("scan"), options.get("container")], [
    "a\\.b",
    "1",
    WEB.containerId,
  ]);
});

Deno.test("all filters of the view are sent", () => {
  using it = open({ containers: [], project: "shop" });
  it.search.start({
    query: { text: "/a|b/", isRegex: false, matchCase: true },
    isExclude: true,
    context: 3,
    filter: {
      levels: new Set(["error"]),
      stream: "stderr",
      muted: new Set([API.containerId]),
      span: { from: Date.UTC(2026, 7, 1), to: Infinity },
    },
  });
  const { histogram: _, ...sent } = Object.fromEntries(it.options());
  assertEquals(sent, {
    container: WEB.containerId,
    host: "nas",
    exclude: "a|b",
    case: "1",
    context: "3",
    levels: "error,fatal",
    stream: "stderr",
    since: "2026-08-01T00:00:00.000Z",
    scan: "1",
  });
});

Deno.test("hits and progress appear as they arrive", () => {
  using it = open();
  it.search.start(PLAIN);
  it.send([line("x a.b", 4)]);
  it.send({
    ...PROGRESS,
    bars: [
      { from: "2026-08-01T12:00:00.000Z", to: "2026-08-01T12:00:02.000Z", lines: 9, errors: 0, found: 1 },
      { from: "2026-08-01T12:00:04.000Z", to: "2026-08-01T12:00:06.000Z", lines: 1, errors: 1, found: 0 },
    ],
  });
  const { hits, scanned, found, histogram, phase } = it.search.state.value;
  assertEquals(hits.map(({ cursor, text }) => [cursor, text]), [[
    "2026-08-01T12:00:00.000000001Z_4",
    "x a.b",
  ]]);
  assertEquals([scanned, found, phase], [10, 1, "running"]);
  assertEquals(histogram?.buckets.map(({ lines }) => lines), [9, 0, 1]);
});

Deno.test("cancelling closes the socket and keeps the hits", () => {
  using it = open();
  it.search.start(PLAIN);
  it.send([line("a.b")]);
  it.search.cancel();
  it.send([line("late")]);
  const { phase, hits } = it.search.state.value;
  assertEquals([phase, hits.length, it.transport.newest.closed], ["done", 1, true]);
});

Deno.test("finding more continues after the last hit, and counts on", () => {
  using it = open();
  it.search.start(PLAIN);
  it.send([line("a.b")]);
  it.send({ ...PROGRESS, done: true, next: "2026-08-01T12:00:00.000000001Z_0" });
  assertEquals(it.search.state.value.hasMore, true);
  it.search.more();
  assertEquals(it.options().get("after"), "2026-08-01T12:00:00.000000001Z_0");
  it.send([line("a.b", 7)]);
  it.send({ ...PROGRESS, scanned: 5, done: true });
  const { hits, found, scanned, hasMore } = it.search.state.value;
  assertEquals([hits.length, found, scanned, hasMore], [2, 2, 15, false]);
});

Deno.test("a long line is kept around its match only", () => {
  using it = open();
  it.search.start(PLAIN);
  it.send([line(`${"x".repeat(500_000)}a.b${"y".repeat(500_000)}`)]);
  const { text } = it.search.state.value.hits[0]!;
  assertEquals(text.length < 1000, true);
  assertStringIncludes(text, "xa.by");
});

Deno.test("a lost connection is reported", () => {
  using it = open();
  it.search.start(PLAIN);
  it.transport.newest.listener.opened();
  it.transport.newest.listener.closed({ code: 1006, reason: "" });
  const { phase, error } = it.search.state.value;
  assertEquals([phase, error], ["failed", "The connection was lost during the search."]);
});

Deno.test("a text that is too long is not sent", () => {
  using it = open();
  it.search.start({ ...PLAIN, query: { ...PLAIN.query, text: "x".repeat(257) } });
  assertEquals([it.transport.channels.length, it.search.state.value.phase], [0, "failed"]);
});
