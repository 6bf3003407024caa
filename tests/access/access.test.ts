import { type AccessLevel, type AccessRules, type Channel, checkAccess } from "../../server/access/access.ts";
import { encodeBase64Url } from "../../server/access/credentials.ts";
import { AppError } from "../../server/errors.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { AccessToken } from "../../server/access/token.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { TOKEN } from "../client.ts";

const token = new AccessToken(TOKEN, undefined);
const PROTOCOL = `dockstat.v1, token.${encodeBase64Url(new TextEncoder().encode(TOKEN))}`;

// Its one ticket lives as long as the tests: a timer would outlive the test that it began in.
const issued = new Tickets();
const ticket = issued.issue("file://");
globalThis.addEventListener("unload", () => issued[Symbol.dispose]());
const TICKET = `dockstat.v1, ticket.${ticket.text}`;

const LOOPBACK: AccessRules = {
  listenHost: "127.0.0.1",
  origins: [],
  readOnly: false,
  viewToken: false,
  validity: (credential) => token.matches(credential) ? token.signal : undefined,
  findTicket: (presented) => issued.find(presented),
};
const ANYWHERE: AccessRules = { ...LOOPBACK, listenHost: "0.0.0.0" };
const PROXIED: AccessRules = { ...LOOPBACK, origins: ["https://dock.example.org"] };
const OPEN: AccessRules = { ...ANYWHERE, validity: undefined };

/** What becomes of a request: "ok" or the code of its refusal. */
function verdict(
  rules: AccessRules,
  need: AccessLevel,
  url: string,
  headers: Record<string, string> = {},
  channel: Channel = "tcp",
): string {
  try {
    checkAccess(
      new Request(url, { headers: { host: new URL(url).host, ...headers } }),
      new URL(url),
      need,
      rules,
      channel,
    );
    return "ok";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const HOME = "http://127.0.0.1:9876/docker/stats";
const LAN = "http://192.168.1.5:9876/docker/stats";

type Case = readonly [
  what: string,
  AccessRules,
  AccessLevel,
  url: string,
  Record<string, string>,
  expected: string,
];

const CASES: readonly Case[] = [
  ["on loopback anybody may look", LOOPBACK, "view", HOME, {}, "ok"],
  ["on loopback secrets need the token", LOOPBACK, "secrets", HOME, {}, "unauthorized"],
  ["on loopback changes need the token", LOOPBACK, "change", HOME, {}, "unauthorized"],
  ["a bearer token opens", LOOPBACK, "change", HOME, { authorization: `Bearer ${TOKEN}` }, "ok"],
  ["half a bearer token does not", LOOPBACK, "view", HOME, { authorization: "Bearer" }, "unauthorized"],
  [
    "a bearer token of two words does not",
    LOOPBACK,
    "view",
    HOME,
    { authorization: `Bearer ${TOKEN} x` },
    "unauthorized",
  ],
  ["another scheme is for a proxy", LOOPBACK, "view", HOME, { authorization: "Basic abc" }, "ok"],
  ["a cookie is ignored", LOOPBACK, "view", HOME, { cookie: `dockstat_session=${TOKEN}` }, "ok"],
  ["a cookie opens nothing", LOOPBACK, "change", HOME, {
    cookie: `dockstat_session=${TOKEN}`,
  }, "unauthorized"],
  ["the scheme's case does not matter", LOOPBACK, "change", HOME, { authorization: `bearer ${TOKEN}` }, "ok"],
  ["a subprotocol opens", LOOPBACK, "secrets", HOME, { "sec-websocket-protocol": PROTOCOL }, "ok"],
  ["a subprotocol that is no base64 does not", LOOPBACK, "secrets", HOME, {
    "sec-websocket-protocol": "dockstat.v1, token.%%",
  }, "unauthorized"],
  ["a wrong token is refused even where none is needed", LOOPBACK, "view", HOME, {
    authorization: "Bearer wrong",
  }, "unauthorized"],
  ["a longer token that begins right is wrong", LOOPBACK, "change", HOME, {
    authorization: `Bearer ${TOKEN}x`,
  }, "unauthorized"],
  ["elsewhere looking needs the token", ANYWHERE, "view", LAN, {}, "unauthorized"],
  [
    "elsewhere looking with the token is fine",
    ANYWHERE,
    "view",
    LAN,
    { authorization: `Bearer ${TOKEN}` },
    "ok",
  ],
  ["elsewhere it may be asked whether it is well", ANYWHERE, "nothing", LAN, {}, "ok"],
  [
    "bound everywhere, a name is still refused",
    ANYWHERE,
    "nothing",
    "http://evil.example/",
    {},
    "wrong-host",
  ],
  ["without auth everything is open", OPEN, "change", LAN, {}, "ok"],
  [
    "without auth another origin is still refused",
    OPEN,
    "view",
    LAN,
    { origin: "http://evil.example" },
    "forbidden",
  ],
  ["a rebound name is refused", LOOPBACK, "view", "http://evil.example:9876/", {}, "wrong-host"],
  [
    "a name that ends like ours is refused",
    LOOPBACK,
    "view",
    "http://127.0.0.1.evil.example/",
    {},
    "wrong-host",
  ],
  ["an address that is not the bound one is refused", LOOPBACK, "view", LAN, {}, "wrong-host"],
  ["a forwarded port is fine", LOOPBACK, "view", "http://localhost:1234/", {}, "ok"],
  ["IPv6 loopback is fine", LOOPBACK, "view", "http://[::1]:9876/", {}, "ok"],
  ["the own origin is fine", LOOPBACK, "view", HOME, { origin: "http://127.0.0.1:9876" }, "ok"],
  [
    "another port is another origin",
    LOOPBACK,
    "view",
    HOME,
    { origin: "http://127.0.0.1:8080" },
    "forbidden",
  ],
  [
    "another scheme is another origin",
    LOOPBACK,
    "view",
    HOME,
    { origin: "https://127.0.0.1:9876" },
    "forbidden",
  ],
  ["an origin without a name is refused", LOOPBACK, "view", HOME, { origin: "null" }, "forbidden"],
  ["another origin is refused even with the token", LOOPBACK, "change", HOME, {
    origin: "http://evil.example",
    authorization: `Bearer ${TOKEN}`,
  }, "forbidden"],
  ["a named origin is fine with the token", PROXIED, "view", "http://dock.example.org/", {
    origin: "https://dock.example.org",
    authorization: `Bearer ${TOKEN}`,
  }, "ok"],
  ["a named origin needs the token to view", PROXIED, "view", "http://dock.example.org/", {
    origin: "https://dock.example.org",
  }, "unauthorized"],
  ["an origin that only begins like a named one is not", PROXIED, "view", HOME, {
    origin: "https://dock.example.org.evil",
  }, "forbidden"],
  ["read-only refuses changes, even with the token", { ...LOOPBACK, readOnly: true }, "change", HOME, {
    authorization: `Bearer ${TOKEN}`,
  }, "forbidden"],
  ["read-only lets look", { ...LOOPBACK, readOnly: true }, "view", HOME, {}, "ok"],
];

for (const [what, rules, need, url, headers, expected] of CASES) {
  Deno.test(what, () => assertEquals(verdict(rules, need, url, headers), expected));
}

const TICKETS: readonly Case[] = [
  ["a ticket opens what one may see", ANYWHERE, "view", LAN, {}, "ok"],
  ["a ticket opens what a container writes", ANYWHERE, "secrets", LAN, {}, "ok"],
  ["a ticket changes nothing", ANYWHERE, "change", LAN, {}, "unauthorized"],
  ["a page from a file says null", ANYWHERE, "view", LAN, { origin: "null" }, "ok"],
  ["or says file", ANYWHERE, "view", LAN, { origin: "file://" }, "ok"],
  ["a ticket is for no other page", ANYWHERE, "view", LAN, { origin: "https://evil.example" }, "forbidden"],
  ["nor for the server's own", ANYWHERE, "view", LAN, { origin: "http://192.168.1.5:9876" }, "forbidden"],
  ["a ticket does not outweigh a wrong name", LOOPBACK, "view", "http://evil.example/", {}, "wrong-host"],
];

for (const [what, rules, need, url, headers, expected] of TICKETS) {
  Deno.test(what, () => {
    const all = { "sec-websocket-protocol": TICKET, ...headers };
    // The name of ANYWHERE's own machine is an address: any is fine.
    assertEquals(verdict(rules, need, url, all), expected);
  });
}

Deno.test("a ticket that is not known opens nothing, even where none is needed", () => {
  const headers = { "sec-websocket-protocol": "dockstat.v1, ticket.AAAA" };
  assertEquals(verdict(LOOPBACK, "view", HOME, headers), "unauthorized");
});

Deno.test("who comes by the unix socket is trusted, whatever its headers say", () => {
  const headers = { origin: "https://evil.example", host: "evil.example" };
  assertEquals(verdict(ANYWHERE, "change", LAN, headers, "unix"), "ok");
});

Deno.test("read-only holds on the unix socket as well", () => {
  assertEquals(verdict({ ...LOOPBACK, readOnly: true }, "change", HOME, {}, "unix"), "forbidden");
});

Deno.test("the refusal of an origin names it, and the setting that allows it", () => {
  try {
    checkAccess(
      new Request(HOME, { headers: { origin: "https://my.lan" } }),
      new URL(HOME),
      "view",
      LOOPBACK,
      "tcp",
    );
  } catch (error) {
    assertStringIncludes((error as AppError).message, '"https://my.lan"');
    assertStringIncludes((error as AppError).message, "--origin https://my.lan");
  }
});
