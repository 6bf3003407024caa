import { dashboardFile } from "../../server/routes/dashboard.ts";
import { AppError } from "../../server/errors.ts";
import { serve } from "../../server/serve.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const REQUEST = new Request("http://127.0.0.1:9876/");
const BUILD = { "index.html": "<!doctype html>", "assets/index-4f2a.js": "export {}", "icon.svg": "<svg/>" };
const HOST = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };

function built() {
  const folder = temporaryFolder(BUILD);
  return { url: new URL(`file://${folder.path("")}/`), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("the page is served with its type, and loads from nowhere else", async () => {
  using folder = built();
  const answer = await dashboardFile(REQUEST, "index.html", folder.url);
  assertEquals(await answer.text(), "<!doctype html>");
  assertEquals(answer.headers.get("content-type"), "text/html; charset=utf-8");
  assertStringIncludes(answer.headers.get("content-security-policy") ?? "", "default-src 'none'");
  assertStringIncludes(answer.headers.get("content-security-policy") ?? "", "frame-ancestors 'none'");
});

Deno.test("assets are kept by the browser, the page is asked for again", async () => {
  using folder = built();
  const asset = await dashboardFile(REQUEST, "assets/index-4f2a.js", folder.url);
  const page = await dashboardFile(REQUEST, "index.html", folder.url);
  assertStringIncludes(asset.headers.get("cache-control") ?? "", "immutable");
  assertEquals(page.headers.get("cache-control"), "no-cache");
});

Deno.test("what has not changed is not sent again", async () => {
  using folder = built();
  const first = await dashboardFile(REQUEST, "icon.svg", folder.url);
  const again = new Request(REQUEST.url, { headers: { "if-none-match": first.headers.get("etag")! } });
  assertEquals((await dashboardFile(again, "icon.svg", folder.url)).status, 304);
});

Deno.test("a browser gets what the build has compressed, when it can read that", async () => {
  using folder = temporaryFolder({ "index.html": "<!doctype html>", "index.html.gz": "compressed" });
  const url = new URL(`file://${folder.path("")}/`);
  const able = new Request(REQUEST.url, { headers: { "accept-encoding": "br, gzip" } });
  const answer = await dashboardFile(able, "index.html", url);
  assertEquals([answer.headers.get("content-encoding"), await answer.text()], ["gzip", "compressed"]);
  assertEquals(await (await dashboardFile(REQUEST, "index.html", url)).text(), "<!doctype html>");
});

for (
  const name of [
    `assets/${"a".repeat(9000)}.js`,
    "../deno.json",
    "assets/../../mod.ts",
    "assets/.env",
    "assets/",
    "",
    "assets/a/b.js",
    "%2e%2e/mod.ts",
  ]
) {
  Deno.test(`"${name.slice(0, 40)}" is no file of the dashboard`, async () => {
    using folder = built();
    const failure = await assertRejects(() => dashboardFile(REQUEST, name, folder.url), AppError);
    assertEquals(failure.code, "not-found");
  });
}

Deno.test("a dashboard that is not built says how to build it", async () => {
  using folder = temporaryFolder({});
  const url = new URL(`file://${folder.path("")}/`);
  const failure = await assertRejects(() => dashboardFile(REQUEST, "index.html", url), AppError);
  assertStringIncludes(failure.message, "deno task ui");
});

/** A server that can be reached from elsewhere, so that looking needs the token. */
function serveAnywhere() {
  const listen = { host: "0.0.0.0", port: 0, socket: undefined };
  return serve(testConfig([HOST], { listen }), { openEngine: () => new FakeEngine() });
}

Deno.test("the page and its files need no token where viewing does", async () => {
  await using server = await serveAnywhere();
  const view = await fetch(`${server.url}/docker/hosts`);
  await view.body?.cancel();
  assertEquals(view.status, 401);
  for (const path of ["/", "/icon.svg"]) {
    const answer = await fetch(server.url + path);
    await answer.body?.cancel();
    // 404 where the dashboard has not been built.
    assert([200, 404].includes(answer.status), `${path}: ${answer.status}`);
  }
});

Deno.test("the page refuses a token in its address", async () => {
  await using server = await serveAnywhere();
  const answer = await fetch(`${server.url}/?token=${TOKEN}`);
  const text = await answer.text();
  assertEquals([answer.status, text.includes(TOKEN), answer.headers.has("set-cookie")], [400, false, false]);
});

Deno.test("GET /about says what a client may do", async () => {
  await using server = await serve(testConfig([HOST]), { openEngine: () => new FakeEngine() });
  const about = async (headers: HeadersInit) =>
    (await (await fetch(`${server.url}/about`, { headers })).json()).access;
  assertEquals(await about({}), "view");
  assertEquals(await about({ authorization: `Bearer ${TOKEN}` }), "full");
});
