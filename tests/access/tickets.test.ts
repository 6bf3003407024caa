import { ANYWHERE, type Case, HOME, LAN, LOOPBACK, TICKET, verdict } from "./verdict.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { assertEquals, assertMatch, eventually } from "../assert.ts";

const TICKETS: readonly Case[] = [
  ["a ticket allows viewing", ANYWHERE, "view", LAN, {}, "ok"],
  ["a ticket allows reading container output", ANYWHERE, "secrets", LAN, {}, "ok"],
  ["a ticket allows no changes", ANYWHERE, "change", LAN, {}, "unauthorized"],
  ["a ticket of a page from a file accepts the origin null", ANYWHERE, "view", LAN, { origin: "null" }, "ok"],
  [
    "a ticket of a page from a file accepts a file origin",
    ANYWHERE,
    "view",
    LAN,
    { origin: "file://" },
    "ok",
  ],
  [
    "a ticket is refused for another page",
    ANYWHERE,
    "view",
    LAN,
    { origin: "https://evil.example" },
    "forbidden",
  ],
  ["a ticket is refused for the server's own page", ANYWHERE, "view", LAN, {
    origin: "http://192.168.1.5:9876",
  }, "forbidden"],
  [
    "a ticket does not make up for a foreign name",
    LOOPBACK,
    "view",
    "http://evil.example/",
    {},
    "wrong-host",
  ],
];

for (const [what, rules, need, url, headers, expected] of TICKETS) {
  Deno.test(what, () => {
    const all = { "sec-websocket-protocol": TICKET, ...headers };
    // ANYWHERE accepts any IP address as its name.
    assertEquals(verdict(rules, need, url, all), expected);
  });
}

Deno.test("an unknown ticket is refused even where no token is needed", () => {
  const headers = { "sec-websocket-protocol": "dockstat.v1, ticket.AAAA" };
  assertEquals(verdict(LOOPBACK, "view", HOME, headers), "unauthorized");
});

Deno.test("a ticket consists of 32 random bytes and is found by its text", () => {
  using tickets = new Tickets();
  const ticket = tickets.issue("file://");
  assertMatch(ticket.text, /^[A-Za-z0-9_-]{43}$/);
  assertEquals(tickets.find(ticket.text), ticket);
});

Deno.test("a ticket is found when a client base64-encodes it again", () => {
  using tickets = new Tickets();
  const ticket = tickets.issue("file://");
  assertEquals(tickets.find(btoa(ticket.text).replace(/=+$/, "")), ticket);
});

Deno.test("an expired ticket is not found and aborts its signal", async () => {
  using tickets = new Tickets(1);
  const ticket = tickets.issue("file://");
  await eventually("the expiry of the ticket", () => ticket.signal.aborted);
  assertEquals(tickets.find(ticket.text), undefined);
});

Deno.test("a ticket that expired while the machine slept is not found and aborts its signal", () => {
  using tickets = new Tickets(60_000);
  const { text, signal } = tickets.issue("null");
  const { now } = Date;
  Date.now = () => now() + 60_001;
  try {
    assertEquals(tickets.find(text), undefined);
  } finally {
    Date.now = now;
  }
  assertEquals(signal.aborted, true);
});

Deno.test("the oldest ticket is revoked when there are too many", () => {
  using tickets = new Tickets(60_000, 2);
  const [first, second, third] = ["a://", "b://", "c://"].map((origin) => tickets.issue(origin));
  assertEquals([first, second, third].map((one) => one?.signal.aborted), [true, false, false]);
});

Deno.test("the origins null and file:// count as the same page", () => {
  using tickets = new Tickets();
  assertEquals(tickets.issue("null").origin, tickets.issue("file://").origin);
});
