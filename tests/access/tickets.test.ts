import { Tickets } from "../../server/access/tickets.ts";
import { assertEquals, assertMatch, eventually } from "../assert.ts";

Deno.test("a ticket is 32 random bytes and is found by its text", () => {
  using tickets = new Tickets();
  const ticket = tickets.issue("file://");
  assertMatch(ticket.text, /^[A-Za-z0-9_-]{43}$/);
  assertEquals(tickets.find(ticket.text), ticket);
});

Deno.test("a ticket is found as well when a client encodes it once more, as it does with the token", () => {
  using tickets = new Tickets();
  const ticket = tickets.issue("file://");
  assertEquals(tickets.find(btoa(ticket.text).replace(/=+$/, "")), ticket);
});

Deno.test("a ticket that has expired is not found, and what it opened is told so", async () => {
  using tickets = new Tickets(1);
  const ticket = tickets.issue("file://");
  await eventually("the end of the ticket", () => ticket.signal.aborted);
  assertEquals(tickets.find(ticket.text), undefined);
});

Deno.test("a ticket whose time was over while the machine slept is not found, and what it opened ends", () => {
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

Deno.test("of too many tickets the oldest is revoked", () => {
  using tickets = new Tickets(60_000, 2);
  const [first, second, third] = ["a://", "b://", "c://"].map((origin) => tickets.issue(origin));
  assertEquals([first, second, third].map((one) => one?.signal.aborted), [true, false, false]);
});

Deno.test("a page from a file is the same page whether it says null or file", () => {
  using tickets = new Tickets();
  assertEquals(tickets.issue("null").origin, tickets.issue("file://").origin);
});
