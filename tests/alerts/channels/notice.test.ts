import fc from "fast-check";
import { assert, assertEquals } from "../../assert.ts";
import {
  fillTemplate,
  plain,
  templateValues,
  textOf,
  titleOf,
} from "../../../server/alerts/channels/notice.ts";
import { type HttpChannel, requestOf } from "../../../server/alerts/channels/requests.ts";
import { fakeNotice as notice, ITEM } from "./fake_notice.ts";

const reveal = (reference: string) => `https://example.org/${reference.slice(4)}`;
const CHANNELS: readonly HttpChannel[] = [
  { name: "a", kind: "webhook", url: "env:A" },
  {
    name: "a",
    kind: "webhook",
    url: "env:A",
    template: { text: "{{container}}: {{line}}", sub: ["{{reason}}"] },
  },
  { name: "a", kind: "ntfy", url: "env:topic", token: "env:T" },
  { name: "a", kind: "gotify", url: "env:A", token: "env:T" },
  { name: "a", kind: "discord", url: "env:A" },
  { name: "a", kind: "slack", url: "env:A" },
  { name: "a", kind: "telegram", token: "env:T", chat: "12" },
  { name: "a", kind: "matrix", url: "env:A", token: "env:T", room: "!r:example.org" },
];

/** Returns the keys of a value, with those of inner objects. */
function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

const HOSTILE = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom(
    "{{line}}",
    "{{constructor.constructor('return 1')()}}",
    '"},"a":{"b":"',
    "@everyone <!channel> <@U1>",
    "x\r\nBcc: a@example.org\r\n\r\nbody",
    "\u202egnp.exe",
    "\ud800",
    "$& $1 $` $'",
  ),
);

Deno.test("10,000 random lines and names never change keys, headers or addresses", () => {
  const expected = CHANNELS.map((channel) => requestOf(channel, notice({ line: "x" }), reveal));
  fc.assert(
    fc.property(HOSTILE, HOSTILE, (line, name) => {
      for (const [index, channel] of CHANNELS.entries()) {
        const { url, headers, body } = requestOf(
          channel,
          notice({ line, name, container: name, reason: line }),
          reveal,
        );
        const usual = expected[index]!;
        assertEquals([url, headers], [usual.url, usual.headers]);
        assertEquals(keysOf(JSON.parse(String(body))), keysOf(JSON.parse(String(usual.body))));
      }
    }),
    { seed: 20_260_601, numRuns: 10_000 / CHANNELS.length },
  );
});

Deno.test("a value is not searched for names of the template", () => {
  const values = templateValues(notice({ line: "{{rule}} {{link}}" }));
  assertEquals(fillTemplate({ a: "{{line}}" }, values), { a: "{{rule}} {{link}}" });
});

Deno.test("only the names of messages are replaced", () => {
  const values = templateValues(notice());
  assertEquals(fillTemplate(["{{ rule }}", "{{toString}}", "{{__proto__}}", 5, null], values), [
    "Sick",
    "{{toString}}",
    "{{__proto__}}",
    5,
    null,
  ]);
});

Deno.test("names lose control characters and marks of direction, and are cut", () => {
  assertEquals(plain("a\u202eb\r\nc\u0000d\u200b"), "a b c d");
  assertEquals(plain("x".repeat(10_000)).length, 200);
  assert(plain(`${"x".repeat(199)}\ud83d\ude00y`).isWellFormed());
});

Deno.test("a recovery names its time, and a summary the alerts", () => {
  const over = notice({ event: "recovery", ended: "2026-06-01T00:05:00.000Z" });
  assertEquals(titleOf(over), "Resolved: Sick (web)");
  assert(textOf(over).includes("(5 min)"));
  const many = notice({}, ...Array.from({ length: 30 }, (_, index) => ({ ...ITEM, name: `c${index}` })));
  assertEquals(titleOf(many), "31 alerts");
  assertEquals(textOf(many).split("\n").length, 21);
  assert(textOf(many).endsWith("and 11 more"));
});

Deno.test("a test names its channel once", () => {
  assertEquals(titleOf(notice({ event: "test", rule: "Test", name: "Phone" })), "Test (Phone)");
});

Deno.test("mentions of users are plain text in Discord and Slack", () => {
  const bodyOf = (kind: "discord" | "slack") =>
    JSON.parse(
      String(
        requestOf({ name: "a", kind, url: "env:A" }, notice({ name: "<!here> @everyone" }), reveal).body,
      ),
    );
  assertEquals(bodyOf("discord").allowed_mentions, { parse: [] });
  assert(bodyOf("slack").text.includes("&lt;!here&gt;"));
});

Deno.test("ntfy gets the topic of its address, and Matrix the key of the message", () => {
  const ntfy = requestOf(CHANNELS[2]!, notice(), reveal);
  assertEquals([ntfy.url, JSON.parse(String(ntfy.body)).topic], ["https://example.org/", "topic"]);
  const matrix = requestOf(CHANNELS[7]!, notice(), reveal);
  assertEquals(matrix.method, "PUT");
  assert(matrix.url.endsWith("/rooms/!r%3Aexample.org/send/m.room.message/k"));
});
