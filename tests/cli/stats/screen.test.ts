import { type ScreenContents, screenLines } from "../../../server/cli/stats/screen.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { USAGE } from "../../stats/hosts/usages.ts";
import { message } from "./message.ts";

function lines(changes: Partial<ScreenContents> = {}): string[] {
  return screenLines({
    messages: [message("web"), message("db")],
    usages: new Map(),
    silent: new Map(),
    request: { names: [], hostId: undefined, sort: undefined, once: false },
    view: { sort: undefined, filter: "", typing: false },
    columns: 100,
    rows: 24,
    colors: false,
    keys: true,
    ...changes,
  });
}

Deno.test("shows the table, and the keys on the last line", () => {
  const shown = lines();
  assertEquals(shown.map((line) => line.split(" ")[0]), ["NAME", "db", "web", "c"]);
  assertEquals(lines({ keys: false }).length, 3);
});

Deno.test("leaves a row free, and counts what does not fit", () => {
  const messages = Array.from({ length: 50 }, (_, index) => message(`web${index}`));
  const shown = lines({ messages, rows: 10 });
  assertEquals(shown.length, 9);
  assertStringIncludes(shown[7]!, "… and 44 more");
});

Deno.test("the last line shows the order and the filter within the width", () => {
  const view = { sort: "cpu", filter: "we", typing: true } as const;
  assertStringIncludes(lines({ view }).at(-1)!, "by cpu   /we_");
  assertStringIncludes(lines({ view: { ...view, typing: false } }).at(-1)!, "/we (Esc removes)");
  assert(lines({ view, columns: 20 }).every((line) => line.length <= 20));
});

Deno.test("reports silent hosts, unknown names and a filter without matches", () => {
  const request = { names: ["web", "gone"], hostId: undefined, sort: undefined, once: false };
  const shown = lines({ silent: new Map([["nas", "no answer"]]), request }).join("\n");
  assertStringIncludes(shown, "Host nas cannot be read: no answer");
  assertStringIncludes(shown, 'There is no container "gone".');
  assert(!shown.includes("db "));
  assertEquals(
    lines({ view: { sort: undefined, filter: "zzz", typing: false } })[0],
    "No matching containers.",
  );
  assertEquals(lines({ messages: [] })[0], "No containers.");
});

Deno.test("shows a line per host above the table, but not above named containers or for a silent host", () => {
  const usages = new Map([["Localhost", USAGE], ["nas", USAGE]]);
  assertEquals(lines({ usages }).map((line) => line.split(" ")[0]), [
    ...["Localhost:", "nas:", "NAME", "db", "web", "c"],
  ]);
  const request = { names: [], hostId: "nas", sort: undefined, once: false };
  assertEquals(lines({ usages, request }).filter((line) => line.includes("load")).length, 1);
  const named = { ...request, names: ["web"], hostId: undefined };
  assertEquals(lines({ usages, request: named })[0]!.split(" ")[0], "NAME");
  const silent = new Map([["nas", "gone"]]);
  assertEquals(lines({ usages, silent }).filter((line) => line.includes("load")).length, 1);
});
