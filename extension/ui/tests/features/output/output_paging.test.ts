import { OutputFeed } from "../../../src/features/output/output_feed.ts";
import { linesOf } from "../../../src/lib/lines/line.ts";
import { targetIndex } from "../../../src/lib/lines/log_paging.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import { idOf, LogTransport, stampOf } from "../../fakes/output_log.ts";

const key = (name: string) => ({ hostId: "nas", containerId: idOf(name) });

function open(...names: readonly string[]) {
  const transport = new LogTransport();
  const feed = new OutputFeed(transport, { containers: names.map(key) });
  return {
    transport,
    feed,
    paging: feed.paging,
    texts() {
      feed.lines.flush();
      return feed.lines.view.value.entries.flatMap(linesOf).map(({ text }) => text);
    },
    [Symbol.dispose]: () => feed[Symbol.dispose](),
  };
}

const jumpsOf = ({ transport }: ReturnType<typeof open>) =>
  transport.asked.filter((path) => path.includes("around="));

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `line ${from + n}`);

/** Writes lines of one container, a second apart. */
function fill({ transport }: ReturnType<typeof open>, count: number) {
  return Array.from({ length: count }, (_, n) => transport.write("web", stampOf(n), `line ${n}`));
}

Deno.test("loads older lines up to the first line of the log", async () => {
  using log = open("web");
  const lines = fill(log, 1200);
  log.transport.send(...lines.slice(-100));
  log.feed.lines.hold(true);
  await log.paging.older();
  // The page begins with the first live line, whose place among lines with its timestamp is unknown.
  assertEquals(log.texts(), numbers(601, 1199));
  await log.paging.older();
  await log.paging.older();
  assertEquals(log.texts(), numbers(0, 1199));
  assert(log.paging.state.value.atStart);
  const asked = log.transport.asked.length;
  await log.paging.older();
  assertEquals(log.transport.asked.length, asked);
});

Deno.test("neither loses nor repeats lines that share a timestamp with the first live line", async () => {
  using log = open("web");
  const lines = ["a", "b", "c", "d"].map((text) => log.transport.write("web", stampOf(1, 5), text));
  log.transport.send(...lines.slice(-2));
  await log.paging.older();
  assertEquals(log.texts(), ["a", "b", "c", "d"]);
});

Deno.test("a jump loads the lines around a time, and leads to it", async () => {
  using log = open("web");
  const lines = fill(log, 2000);
  log.transport.send(...lines.slice(-10));
  await log.paging.jump(Date.parse(stampOf(700)));
  assertEquals(log.texts(), numbers(200, 1199));
  assertEquals(log.paging.state.value.target, { at: Date.parse(stampOf(700)) });
  const pages = log.transport.asked.filter((path) => path.includes("/logs/ws"));
  assertEquals([pages.length, jumpsOf(log)], [1, pages]);
  assertEquals(log.feed.lines.view.value.atEnd, false);
});

Deno.test("a link to a line loads the lines around it, each once", async () => {
  using log = open("web");
  fill(log, 1000);
  await log.paging.open(`${stampOf(500)}_0`);
  assertEquals(log.texts(), numbers(0, 999));
});

Deno.test("a link leads to its line among others of the same millisecond", async () => {
  using log = open("web");
  for (let n = 0; n < 9; n++) log.transport.write("web", stampOf(1, Math.floor(n / 3)), `line ${n}`);
  await log.paging.open(`${stampOf(1, 1)}_2`);
  const { entries } = log.feed.lines.view.value;
  assertEquals(entries[targetIndex(entries, log.paging.state.value.target!)]!.head.text, "line 5");
});

Deno.test("lines after a jump lead to the live lines without a gap", async () => {
  using log = open("web");
  const lines = fill(log, 1500);
  log.transport.send(...lines.slice(-5));
  await log.paging.jump(Date.parse(stampOf(0)));
  assertEquals(log.texts(), numbers(0, 499));
  await log.paging.newer();
  await log.paging.newer();
  // Two lines are written while the last page is read: one is in the page, the other is not.
  let isWritten = false;
  log.transport.onPage = () => {
    if (isWritten) return;
    isWritten = true;
    log.transport.send(lines.at(-1)!, log.transport.write("web", stampOf(1500), "line 1500"));
  };
  await log.paging.newer();
  assertEquals(log.texts(), numbers(0, 1500));
  log.transport.send(log.transport.write("web", stampOf(1501), "line 1501"));
  assertEquals(log.texts().at(-1), "line 1501");
});

Deno.test("returns to the end after a jump", async () => {
  using log = open("web");
  const lines = fill(log, 2000);
  log.transport.send(...lines.slice(-10));
  await log.paging.jump(Date.parse(stampOf(0)));
  await log.paging.toEnd();
  assertEquals(log.texts(), numbers(1500, 1999));
  assert(log.feed.lines.view.value.atEnd);
});

Deno.test("the end is not loaded again when it is there", async () => {
  using log = open("web");
  log.transport.send(...fill(log, 3));
  await log.paging.toEnd();
  assertEquals(log.transport.asked, []);
});

Deno.test("merges older lines of several containers by time, and neither loses nor repeats one", async () => {
  using log = open("web", "db");
  const live = [];
  for (let n = 0; n < 900; n++) live.push(log.transport.write("web", stampOf(n), `web ${n}`));
  for (let n = 0; n < 900; n += 100) live.push(log.transport.write("db", stampOf(n, 1), `db ${n}`));
  log.transport.send(live[899]!);
  log.feed.lines.hold(true);
  while (!log.paging.state.value.atStart) await log.paging.older();
  const texts = log.texts();
  assertEquals(texts.length, 909);
  assertEquals(texts.slice(0, 3), ["web 0", "db 0", "web 1"]);
  const timestamps = log.feed.lines.view.value.entries.map(({ head }) => head.timestamp);
  assertEquals(timestamps, timestamps.toSorted());
});

Deno.test("reports why lines could not be loaded, and can be asked again", async () => {
  using log = open("web");
  log.transport.send(...fill(log, 600).slice(-1));
  log.transport.onPage = () => {
    throw new Error("the host is down");
  };
  await log.paging.older();
  assertEquals([log.paging.state.value.error, log.paging.state.value.busy], ["the host is down", undefined]);
  log.transport.onPage = () => {};
  await log.paging.older();
  assertEquals([log.paging.state.value.error, log.texts().length], [undefined, 500]);
});

Deno.test("a jump in a merged log takes one request, and leads to the ends of the logs", async () => {
  using log = open("web", "db");
  for (let n = 0; n < 700; n++) log.transport.write("web", stampOf(n), `web ${n}`);
  for (let n = 0; n < 700; n++) log.transport.write("db", stampOf(n, 1), `db ${n}`);
  await log.paging.jump(Date.parse(stampOf(600)));
  assertEquals(jumpsOf(log).length, 1);
  assertEquals([log.texts().at(0), log.texts().at(-1), log.texts().length], ["web 350", "db 699", 700]);
  assertEquals([log.feed.lines.view.value.atEnd, log.paging.state.value.atStart], [true, false]);
  while (!log.paging.state.value.atStart) await log.paging.older();
  assertEquals(log.texts().length, 1400);
});

Deno.test("a jump in a log of more than 100 containers asks for 100 at a time", async () => {
  const names = Array.from({ length: 101 }, (_, n) => `c${n}x`);
  using log = open(...names);
  for (const [n, name] of names.entries()) log.transport.write(name, stampOf(n), name);
  await log.paging.jump(Date.parse(stampOf(50)));
  assertEquals([jumpsOf(log).length, log.texts()], [2, names]);
});

Deno.test("a jump cancels the request before it", async () => {
  using log = open("web");
  log.transport.send(...fill(log, 3000).slice(-1));
  const older = log.paging.older();
  await log.paging.jump(Date.parse(stampOf(1000)));
  await older;
  assertEquals(log.texts(), numbers(500, 1499));
});

Deno.test("a closed feed changes nothing afterwards", async () => {
  const log = open("web");
  log.transport.send(...fill(log, 600).slice(-1));
  const older = log.paging.older();
  log[Symbol.dispose]();
  await older;
  assertEquals(log.texts(), ["line 599"]);
});
