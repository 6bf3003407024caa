import { type EventFlags, EVENTS_HELP, toEventRequest } from "../../../server/cli/events/flags.ts";
import { parseCommandLine } from "../../../server/cli/main.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../../assert.ts";

const WRONG: readonly (readonly [readonly string[], EventFlags, string])[] = [
  [[], { since: "yesterday" }, '--since: found "yesterday": expected a duration such as 12h'],
  [[], { audit: true, on: "nas" }, "--on does not go with --audit"],
  [["web"], { audit: true }, 'Unexpected argument "web" after "events --audit"'],
];

for (const [names, flags, message] of WRONG) {
  Deno.test(`events ${names.join(" ")} ${JSON.stringify(flags)} is refused`, () => {
    assertEquals(assertThrows(() => toEventRequest(names, flags), AppError, message).code, "usage");
  });
}

Deno.test("names, host and time become options of the path", () => {
  assertEquals(toEventRequest(["web", "db"], { since: "12h", on: "nas", follow: true }), {
    path: "/events",
    query: [["since", "12h"], ["host", "nas"], ["container", "web"], ["container", "db"]],
    all: true,
    follow: true,
    json: false,
  });
  const { path, all } = toEventRequest([], { audit: true, json: true });
  assertEquals([path, all], ["/audit", false]);
});

Deno.test("the command line passes flags and names, and the help lists every flag", () => {
  const { command, args, events } = parseCommandLine([
    "events",
    "web",
    "--since",
    "1h",
    "--follow",
    "--json",
  ]);
  assertEquals([command, args], ["events", ["web"]]);
  assertEquals({ ...events }, { since: "1h", follow: true, json: true });
  for (const flag of ["--since", "--follow", "--on", "--audit", "--json"]) {
    assertStringIncludes(EVENTS_HELP, flag);
  }
});
