import { parseOptions } from "../../server/http/query.ts";
import { container, duration, hostOption, oneOf } from "../../server/routes/filters.ts";
import { assertEquals } from "../assert.ts";

const ID = "0123456789abcdef".repeat(4);

for (
  const [text, parsed] of [
    ["web", "web"],
    ["/web", "web"],
    [ID, ID],
    ["a".repeat(255), "a".repeat(255)],
    ["a".repeat(256), undefined],
    ["", undefined],
    ["/", undefined],
    ["-web", undefined],
    ["web*", undefined],
    ["a/b", undefined],
    ["web\n", undefined],
    ["__proto__", undefined],
  ] as const
) {
  Deno.test(`container=${JSON.stringify(text.slice(0, 20))} (${text.length}) ${parsed ? "is a name" : "is refused"}`, () => {
    assertEquals(container.parse(text), parsed);
  });
}

Deno.test("a duration is accepted from its minimum to its maximum", () => {
  const option = duration(1000, 60_000, "1s to 60s");
  const parsed = ["999ms", "1s", "60s", "1m", "61s", "1", "s", "-1s", "1e3s", "Infinity"].map(option.parse);
  assertEquals(parsed, [undefined, 1000, 60_000, 60_000, ...Array(6).fill(undefined)]);
});

Deno.test("a value of a list is accepted exactly as it is listed", () => {
  const option = oneOf(["running", "exited"]);
  assertEquals(["running", "Running", "constructor", ""].map(option.parse), [
    "running",
    ...Array(3).fill(undefined),
  ]);
  assertEquals([option.expected, oneOf(["full"]).expected], ["one of running, exited", '"full"']);
});

Deno.test("a host option accepts several configured hosts, and lists them in its error", () => {
  const options = { host: hostOption(["Localhost", "nas"]) };
  assertEquals(parseOptions(new URLSearchParams("host=nas&host=Localhost"), options).host, [
    "nas",
    "Localhost",
  ]);
  assertEquals(options.host.parse("constructor"), undefined);
  assertEquals(options.host.expected, 'the id of a configured host: "Localhost", "nas"');
});
