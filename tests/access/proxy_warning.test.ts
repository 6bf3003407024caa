import type { LocalRules } from "../../server/access/local.ts";
import { ProxyWarning } from "../../server/access/proxy_warning.ts";
import { logLines } from "../../server/log/log.ts";
import { assertEquals } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const RULES: LocalRules = { listenHost: "127.0.0.1", origins: [], viewToken: false };

/** Returns the number of warnings that requests with these headers cause. */
function warnings(rules: LocalRules, ...headers: readonly HeadersInit[]): number {
  using _log = quietLog();
  const warning = new ProxyWarning();
  const isWarning = ({ message }: { readonly message: string }) =>
    message.startsWith("A proxy forwards requests");
  const before = logLines.tail(2000, "DEBUG").filter(isWarning).length;
  for (const init of headers) warning.check(new Request("http://127.0.0.1/", { headers: init }), rules);
  return logLines.tail(2000, "DEBUG").filter(isWarning).length - before;
}

Deno.test("warns once about a proxy that the settings do not expect", () => {
  const forwarded = { "x-forwarded-for": "10.0.0.1" };
  assertEquals(warnings(RULES, forwarded, forwarded, { via: "1.1 nginx" }), 1);
});

Deno.test("does not warn about requests of this machine", () => {
  assertEquals(warnings(RULES, {}, { "user-agent": "x-forwarded-for" }), 0);
});

Deno.test("does not warn about a proxy that the settings expect", () => {
  const forwarded = { forwarded: "for=10.0.0.1" };
  assertEquals(warnings({ ...RULES, viewToken: true }, forwarded), 0);
  assertEquals(warnings({ ...RULES, origins: ["https://dock.example.org"] }, forwarded), 0);
});

Deno.test("an origin on this machine does not announce a proxy", () => {
  assertEquals(warnings({ ...RULES, origins: ["http://localhost:3000"] }, { via: "1.1 caddy" }), 1);
});
