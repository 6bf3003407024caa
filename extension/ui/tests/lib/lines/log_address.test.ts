import { assertEquals } from "../../../../../tests/assert.ts";
import { formatLogAddress, type LogAddress, parseLogAddress } from "../../../src/lib/lines/log_address.ts";

const FULL: LogAddress = {
  filter: {
    levels: new Set(["error", "warning"]),
    stream: "stderr",
    span: { from: Date.UTC(2026, 7, 1), to: Date.UTC(2026, 7, 2) },
  },
  query: { text: "a&b=/c/?", isRegex: true, matchCase: true },
  matchMode: { mode: "only", context: 3 },
};

function written(state: LogAddress): string {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(formatLogAddress(state))) {
    if (value !== null) address.set(name, value);
  }
  return String(address);
}

Deno.test("an address restores all filters and the search", () => {
  assertEquals(parseLogAddress(new URLSearchParams(written(FULL))), FULL);
});

Deno.test("a view without filters has nothing in its address", () => {
  assertEquals(written(parseLogAddress(new URLSearchParams())), "");
});

Deno.test("a range may have a start only", () => {
  const state = parseLogAddress(new URLSearchParams("from=2026-08-01T00:00:00Z"));
  assertEquals(state.filter.span, { from: Date.UTC(2026, 7, 1), to: Infinity });
});

Deno.test("unknown values are left out", () => {
  const state = parseLogAddress(
    new URLSearchParams("levels=evil,error&stream=x&mode=run&from=never&q=" + "a".repeat(5000)),
  );
  assertEquals([[...state.filter.levels], state.filter.stream, state.filter.span], [
    ["error"],
    "all",
    undefined,
  ]);
  assertEquals([state.matchMode.mode, state.query.text.length], ["mark", 1000]);
});
