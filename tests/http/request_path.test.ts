import fc from "fast-check";
import { AppError } from "../../server/errors.ts";
import { checkPath } from "../../server/http/request_path.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { rawConnection, serveEngines, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";

const HOST = "http://127.0.0.1:9876";

for (
  const path of [
    "/",
    "/stacks/12",
    "/stacks?since=..%2f",
    "/assets/index-4f2a.js",
    "/a..b/.c",
    "/a%20b",
    "//a",
    "/a;..;b",
  ]
) {
  Deno.test(`the path ${path} has one reading`, () => checkPath(HOST + path));
}

for (
  const path of [
    ...["/..", "/docker/../stacks", "/docker/./stats", "/a/.", "/%2e%2e/stacks", "/.%2E/a", "/%2e/a"],
    ...["/docker%2fstats", "/docker%2Fstats", "/docker\\stats", "/docker%5Cstats", "/stacks%00"],
  ]
) {
  Deno.test(`the path ${path} is refused`, () => {
    const { code } = assertThrows(() => checkPath(HOST + path), AppError);
    assertEquals(code, "malformed");
  });
}

Deno.test("an address that is only a host has a path", () => checkPath(HOST));

Deno.test("every path that passes is the one that the router reads", () => {
  const piece = fc.constantFrom(
    ".",
    "..",
    "%2e",
    "%2E",
    "/",
    "\\",
    "%2f",
    "%5c",
    "a",
    "stacks",
    ";",
    "%",
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = `/${pieces.join("")}`;
      try {
        checkPath(HOST + path);
      } catch {
        return;
      }
      const { pathname } = new URL(HOST + path);
      assertEquals(pathname, path.replaceAll("é", "%C3%A9"));
    }),
    { numRuns: 2000, seed: 7 },
  );
});

/** Returns the status of a request whose target is sent as it is. */
async function statusOf(url: string, target: string, token?: string): Promise<number> {
  using connection = await rawConnection(url);
  const bearer = token === undefined ? "" : `Authorization: Bearer ${token}\r\n`;
  const head = `GET ${target} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${bearer}Connection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head));
  const buffer = new Uint8Array(64);
  const text = new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
  return Number(text.split(" ")[1]);
}

/** Ways to write a path that needs the token, below a path that does not. */
const DETOURS = [
  ...["/about/../sessions", "/assets/..%2fsessions", "/healthz/%2e%2e/sessions", "/healthz\\..\\sessions"],
  ...["//sessions", "/sessions/", "/sessionsX", "/SESSIONS", "/%73essions", "/healthz;/sessions"],
];

Deno.test("no other spelling of a path has another path's access", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  assertEquals([await statusOf(server.url, "/sessions"), await statusOf(server.url, "/sessions", TOKEN)], [
    401,
    200,
  ]);
  for (const target of DETOURS) {
    for (const token of [undefined, TOKEN]) {
      const status = await statusOf(server.url, target, token);
      assert([400, 404, 405].includes(status), `${target}: ${status}`);
    }
  }
});
