import { ANYWHERE, type Case, HOME, LAN, LOOPBACK, PROTOCOL, verdict } from "./verdict.ts";
import { assertEquals } from "../assert.ts";
import { TOKEN } from "../client.ts";

const CASES: readonly Case[] = [
  ["a bearer token is accepted", LOOPBACK, "change", HOME, { authorization: `Bearer ${TOKEN}` }, "ok"],
  [
    "a bearer scheme without a token is refused",
    LOOPBACK,
    "view",
    HOME,
    { authorization: "Bearer" },
    "unauthorized",
  ],
  [
    "a bearer token with a second part is refused",
    LOOPBACK,
    "view",
    HOME,
    { authorization: `Bearer ${TOKEN} x` },
    "unauthorized",
  ],
  ["another scheme is left to a proxy", LOOPBACK, "view", HOME, { authorization: "Basic abc" }, "ok"],
  [
    "a cookie is ignored",
    LOOPBACK,
    "view",
    HOME,
    { cookie: `dockstat_session=${TOKEN}` },
    "ok",
  ],
  ["a cookie with the token grants nothing", LOOPBACK, "change", HOME, {
    cookie: `dockstat_session=${TOKEN}`,
  }, "unauthorized"],
  ["the scheme's case does not matter", LOOPBACK, "change", HOME, { authorization: `bearer ${TOKEN}` }, "ok"],
  [
    "a token in a subprotocol is accepted",
    LOOPBACK,
    "secrets",
    HOME,
    { "sec-websocket-protocol": PROTOCOL },
    "ok",
  ],
  ["a subprotocol that is not base64 is refused", LOOPBACK, "secrets", HOME, {
    "sec-websocket-protocol": "dockstat.v1, token.%%",
  }, "unauthorized"],
  ["a wrong token is refused even where none is needed", LOOPBACK, "view", HOME, {
    authorization: "Bearer wrong",
  }, "unauthorized"],
  ["a longer token that starts with the right one is refused", LOOPBACK, "change", HOME, {
    authorization: `Bearer ${TOKEN}x`,
  }, "unauthorized"],
  [
    "on another address the token allows viewing",
    ANYWHERE,
    "view",
    LAN,
    { authorization: `Bearer ${TOKEN}` },
    "ok",
  ],
];

for (const [what, rules, need, url, headers, expected] of CASES) {
  Deno.test(what, () => assertEquals(verdict(rules, need, url, headers), expected));
}
