import fc from "fast-check";
import { findContainer } from "../../server/containers/find.ts";
import type { Engine } from "../../server/docker/engine.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";

const WEB = fakeContainer("web");
const TWINS = ["0", "1"].map((digit) =>
  fakeContainer(`twin-${digit}`, { id: "ab".repeat(31) + `0${digit}` })
);
/** A container whose name is the start of the other one's id. */
const NAMED_LIKE_ID = fakeContainer(idOf("web").slice(0, 12), { id: "c".repeat(64) });

const FEED = {
  hostIds: ["Localhost", "down"],
  containers: (hostId: string) => hostId === "down" ? undefined : [WEB, ...TWINS, NAMED_LIKE_ID],
  engine: (): Engine => new FakeEngine(),
};

function nameOf(text: string, hostId = "Localhost"): string {
  return findContainer(FEED, hostId, text).container.name;
}

Deno.test("finds a container by its id, by its name, and by a part of its id", () => {
  assertEquals(nameOf(idOf("web")), "web");
  assertEquals(nameOf("web"), "web");
  assertEquals(nameOf(idOf("web").slice(0, 13)), "web");
  assertEquals(nameOf(TWINS[1]!.id), "twin-1");
});

Deno.test("a name wins over the start of another container's id", () => {
  assertEquals(nameOf(NAMED_LIKE_ID.name), NAMED_LIKE_ID.name);
});

const REFUSED:
  readonly (readonly [what: string, hostId: string, text: string, code: string, message: string])[] = [
    ["an unknown name", "Localhost", "db", "not-found", 'There is no container "db" on host "Localhost"'],
    ["fewer than 12 digits", "Localhost", idOf("web").slice(0, 11), "not-found", "at least 12 digits"],
    ["digits in capitals", "Localhost", TWINS[0]!.id.toUpperCase(), "not-found", "There is no container"],
    ["digits of two containers", "Localhost", "ab".repeat(10), "not-found", "Several containers"],
    ["a name with a slash", "Localhost", "/web", "not-found", "There is no container"],
    ["no text", "Localhost", "", "not-found", "There is no container"],
    ["an unknown host", "moon", "web", "not-found", 'There is no host "moon"'],
    ["a property of all objects", "constructor", "web", "not-found", "There is no host"],
    ["a host that is down", "down", "web", "engine-unreachable", 'Host "down" cannot be read now'],
  ];

for (const [what, hostId, text, code, message] of REFUSED) {
  Deno.test(`refuses ${what}`, () => {
    const error = assertThrows(() => findContainer(FEED, hostId, text), AppError, message);
    assertEquals(error.code, code);
  });
}

Deno.test("finds nothing for 10,000 generated texts", () => {
  const start = fc.constantFrom("", "web", idOf("web"), idOf("web").slice(0, 20), "../../", "%2e%2e%2f");
  const odd = fc.tuple(start, fc.string({ unit: "binary", minLength: 1 }), start).map((parts) =>
    parts.join("")
  )
    .filter((text) => !/^[0-9a-f]{12,}$/.test(text));
  fc.assert(
    fc.property(odd, (text) => {
      assertEquals(assertThrows(() => nameOf(text), AppError).code, "not-found");
    }),
    { numRuns: 10_000, seed: 20_261_126 },
  );
});
