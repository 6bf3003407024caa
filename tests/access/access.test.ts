import { ANYWHERE, type Case, HOME, LAN, LOOPBACK, OPEN, PROXIED, verdict } from "./verdict.ts";
import { checkAccess } from "../../server/access/access.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { TOKEN } from "../client.ts";

const CASES: readonly Case[] = [
  ["anyone may view on loopback", LOOPBACK, "view", HOME, {}, "ok"],
  ["on loopback secrets need the token", LOOPBACK, "secrets", HOME, {}, "unauthorized"],
  ["on loopback changes need the token", LOOPBACK, "change", HOME, {}, "unauthorized"],
  ["on another address viewing needs the token", ANYWHERE, "view", LAN, {}, "unauthorized"],
  ["on another address the health check needs no token", ANYWHERE, "nothing", LAN, {}, "ok"],
  [
    "a foreign name is refused even when bound to every address",
    ANYWHERE,
    "nothing",
    "http://evil.example/",
    {},
    "wrong-host",
  ],
  ["without auth every request is allowed", OPEN, "change", LAN, {}, "ok"],
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
    "a foreign name that starts with our address is refused",
    LOOPBACK,
    "view",
    "http://127.0.0.1.evil.example/",
    {},
    "wrong-host",
  ],
  ["an address that is not the bound one is refused", LOOPBACK, "view", LAN, {}, "wrong-host"],
  ["a forwarded port is accepted", LOOPBACK, "view", "http://localhost:1234/", {}, "ok"],
  ["IPv6 loopback is accepted", LOOPBACK, "view", "http://[::1]:9876/", {}, "ok"],
  ["the server's own origin is accepted", LOOPBACK, "view", HOME, { origin: "http://127.0.0.1:9876" }, "ok"],
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
  ["the origin null is refused", LOOPBACK, "view", HOME, { origin: "null" }, "forbidden"],
  ["another origin is refused even with the token", LOOPBACK, "change", HOME, {
    origin: "http://evil.example",
    authorization: `Bearer ${TOKEN}`,
  }, "forbidden"],
  ["a configured origin is accepted with the token", PROXIED, "view", "http://dock.example.org/", {
    origin: "https://dock.example.org",
    authorization: `Bearer ${TOKEN}`,
  }, "ok"],
  ["a configured origin needs the token to view", PROXIED, "view", "http://dock.example.org/", {
    origin: "https://dock.example.org",
  }, "unauthorized"],
  ["an origin that only starts with a configured one is refused", PROXIED, "view", HOME, {
    origin: "https://dock.example.org.evil",
  }, "forbidden"],
  ["read-only refuses changes, even with the token", { ...LOOPBACK, readOnly: true }, "change", HOME, {
    authorization: `Bearer ${TOKEN}`,
  }, "forbidden"],
  ["read-only allows viewing", { ...LOOPBACK, readOnly: true }, "view", HOME, {}, "ok"],
];

for (const [what, rules, need, url, headers, expected] of CASES) {
  Deno.test(what, () => assertEquals(verdict(rules, need, url, headers), expected));
}

Deno.test("a client of the unix socket is trusted regardless of its headers", () => {
  const headers = { origin: "https://evil.example", host: "evil.example" };
  assertEquals(verdict(ANYWHERE, "change", LAN, headers, "unix"), "ok");
});

Deno.test("a signed request needs no token, but the rules of origins and of read-only apply", () => {
  assertEquals(verdict(ANYWHERE, "signed", HOME), verdict(ANYWHERE, "nothing", HOME));
  assertEquals(verdict(LOOPBACK, "signed", HOME), "ok");
  assertEquals(verdict({ ...LOOPBACK, readOnly: true }, "signed", HOME), "forbidden");
  assertEquals(verdict(LOOPBACK, "signed", HOME, { origin: "https://evil.example.org" }), "forbidden");
});

Deno.test("read-only applies to the unix socket as well", () => {
  assertEquals(verdict({ ...LOOPBACK, readOnly: true }, "change", HOME, {}, "unix"), "forbidden");
});

Deno.test("the refusal of an origin names the origin and the setting that allows it", () => {
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
