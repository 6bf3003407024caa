import { keyOf, SeriesIndex } from "../../server/history/series_index.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { serviceContainer } from "./recorded.ts";

const EXISTS = () => true;
const GONE = () => false;

Deno.test("a container's key is its place in its project, or else its name", () => {
  assertEquals(keyOf("nas", serviceContainer("a", { number: 2 })), "nas/shop/web/2");
  assertEquals(keyOf("nas", serviceContainer("a", { number: null })), "nas/shop/web/1");
  assertEquals(keyOf("nas", fakeContainer("solo")), "nas/solo");
});

Deno.test("the same container has the same series, also after a restart", () => {
  const index = new SeriesIndex([]);
  const series = index.claim("nas", serviceContainer("a"), EXISTS);
  assertEquals(index.claim("nas", serviceContainer("a"), EXISTS), series);
  const restarted = new SeriesIndex([series]);
  assertEquals(restarted.claim("nas", serviceContainer("a"), EXISTS).id, series.id);
  assertEquals(restarted.claim("nas", fakeContainer("other"), EXISTS).id, series.id + 1);
});

Deno.test("containers of two hosts with one name have two lines", () => {
  const index = new SeriesIndex([]);
  const keys = ["nas", "pi"].map((host) => index.claim(host, fakeContainer("solo"), EXISTS).key);
  assertEquals(keys, ["nas/solo", "pi/solo"]);
});

Deno.test("a claimant keeps its own line after the first one is gone", () => {
  const index = new SeriesIndex([]);
  index.claim("nas", serviceContainer("a"), EXISTS);
  const other = serviceContainer("b", { name: "other" });
  assertEquals(index.claim("nas", other, EXISTS).key, "nas/other");
  assertEquals(index.claim("nas", other, GONE).key, "nas/other");
});

Deno.test("the line of a removed container is found before the first sample, that of a living one is not", () => {
  const index = new SeriesIndex([]);
  const series = index.claim("nas", serviceContainer("a"), EXISTS);
  assertEquals(index.find("nas", serviceContainer("b"), GONE), series);
  assertEquals(index.find("nas", serviceContainer("b"), EXISTS), undefined);
});

Deno.test("a host has one series under its id", () => {
  const index = new SeriesIndex([]);
  const { kind, key, owner } = index.host("nas");
  assertEquals([kind, key, owner, index.host("nas") === index.get("nas")], ["host", "nas", null, true]);
});

Deno.test("every container has a line, whatever an engine reports", () => {
  const index = new SeriesIndex([]);
  const keys = ["a", "b", "c", "d"].map((id) =>
    index.claim("nas", serviceContainer("x", { id: "0".repeat(60) + id, name: "same" }), EXISTS).key
  );
  assertEquals(new Set(keys).size, 4);
});
