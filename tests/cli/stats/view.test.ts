import { afterKeys, missingNames, selected, sorted, type View } from "../../../server/cli/stats/view.ts";
import { assertEquals } from "../../assert.ts";
import { message } from "./message.ts";

const VIEW: View = { sort: undefined, filter: "", typing: false };
const names = (messages: readonly { name: string }[]) => messages.map(({ name }) => name);

Deno.test("sorts running containers first and numbers in names numerically", () => {
  const shown = sorted([
    message("web10"),
    message("a", { state: "exited", timestamp: null }),
    message("web9"),
  ], undefined);
  assertEquals(names(shown), ["web9", "web10", "a"]);
});

const MIXED = [
  message("idle", { cpuUsage: 1, memoryBytes: 900, networkRxBytes: 10, networkTxBytes: 0 }),
  message("unread", { cpuUsage: null, memoryBytes: null, networkRxBytes: null, networkTxBytes: null }),
  message("busy", { cpuUsage: 90, memoryBytes: 100, networkRxBytes: 5, networkTxBytes: 50 }),
  message("gone", { state: "exited", cpuUsage: 0, timestamp: null }),
];

for (
  const [sort, expected] of [
    ["cpu", ["busy", "idle", "unread", "gone"]],
    ["mem", ["idle", "busy", "unread", "gone"]],
    ["net", ["busy", "idle", "unread", "gone"]],
    ["name", ["busy", "gone", "idle", "unread"]],
  ] as const satisfies readonly (readonly [string, readonly string[]])[]
) {
  Deno.test(`sorts by ${sort}, and what is not known last`, () => {
    assertEquals(names(sorted(MIXED, sort)), [...expected]);
  });
}

Deno.test("selects by name, beginning of the id, host and filter", () => {
  const all = [message("web", { image: "nginx:1", project: "shop" }), message("db", { hostId: "nas" })];
  const select = (request: { names?: string[]; hostId?: string }, filter = "") =>
    names(selected(all, { names: request.names ?? [], hostId: request.hostId }, filter));
  assertEquals(select({}), ["web", "db"]);
  assertEquals(select({ names: ["web", "other"] }), ["web"]);
  assertEquals(select({ names: [all[1]!.id.slice(0, 12)] }), ["db"]);
  assertEquals(select({ names: ["we"] }), []);
  assertEquals(select({ hostId: "nas" }), ["db"]);
  assertEquals([select({}, "NGINX"), select({}, "nas"), select({}, "sho"), select({}, "zzz")], [
    ...[["web"], ["db"], ["web"], []],
  ]);
  assertEquals(missingNames(all, { names: ["web", "other"] }), ["other"]);
});

Deno.test("letters sort, and q, Ctrl-C and Ctrl-D quit", () => {
  assertEquals(["c", "m", "n", "t"].map((key) => afterKeys(VIEW, key)?.sort), ["cpu", "mem", "name", "net"]);
  assertEquals(["q", "\x03", "\x04"].map((key) => afterKeys(VIEW, key)), [undefined, undefined, undefined]);
});

Deno.test("unknown keys and arrows change nothing", () => {
  for (const typed of ["x", "\x1b[A", "\r", "constructor"[0]!.toUpperCase()]) {
    assertEquals(afterKeys(VIEW, typed), VIEW);
  }
});

Deno.test("a filter is typed after a slash, kept by Enter and removed by Esc", () => {
  const typed = afterKeys(VIEW, "/wq\x7feb")!;
  assertEquals(typed, { sort: undefined, filter: "web", typing: true });
  const kept = afterKeys(typed, "\r")!;
  assertEquals([kept.filter, kept.typing], ["web", false]);
  assertEquals(afterKeys(kept, "\x1b"), VIEW);
  assertEquals(afterKeys(typed, "\x1b"), VIEW);
  assertEquals(afterKeys(typed, "\x03"), undefined);
});
