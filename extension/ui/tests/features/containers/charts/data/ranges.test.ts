import {
  parseRange,
  RANGE_NAMES,
  rangeQuery,
  scaled,
  spanOf,
  zoomQuery,
} from "../../../../../src/features/containers/charts/data/ranges.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";

const parse = (text: string) => parseRange(new URLSearchParams(text));
const [FROM, TO] = ["2026-08-01T12:00:00.000Z", "2026-08-01T12:05:00.000Z"];

for (const name of RANGE_NAMES) {
  Deno.test(`the address holds the range ${name}`, () => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(rangeQuery(name))) if (value !== null) query.set(key, value);
    assertEquals(parseRange(query), { name, zoom: undefined });
  });
}

Deno.test("the address holds a zoom", () => {
  const zoom = { from: Date.parse(FROM), to: Date.parse(TO) };
  assertEquals(zoomQuery(zoom), { from: FROM, to: TO });
  assertEquals(parse(`range=1h&from=${FROM}&to=${TO}`), { name: "1h", zoom });
});

for (const text of ["range=constructor", "from=yesterday&to=now", `from=${TO}&to=${FROM}`, `from=${FROM}`]) {
  Deno.test(`ignores an invalid range: ${text}`, () => {
    assertEquals(parse(text), { name: "10m", zoom: undefined });
  });
}

Deno.test("refuses a zoom below one second", () => {
  assertEquals(zoomQuery({ from: 1000, to: 1500 }), undefined);
});

Deno.test("a range ends now, and a zoom does not move", () => {
  assertEquals(spanOf({ name: "1m", zoom: undefined }, 100_000), { from: 40_000, to: 100_000 });
  assertEquals(spanOf({ name: "1m", zoom: { from: 1, to: 2 } }, 100_000), { from: 1, to: 2 });
});

Deno.test("zooms around a moment", () => {
  assertEquals(scaled({ from: 0, to: 100 }, 20, 0.5), { from: 10, to: 60 });
  assertEquals(scaled({ from: 0, to: 100 }, 500, 2), { from: -100, to: 100 });
});
