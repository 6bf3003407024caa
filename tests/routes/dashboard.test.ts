import { dashboardFile } from "../../server/routes/dashboard.ts";
import { AppError } from "../../server/errors.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const REQUEST = new Request("http://127.0.0.1:9876/");
const BUILD = { "index.html": "<!doctype html>", "assets/index-4f2a.js": "export {}", "icon.svg": "<svg/>" };

function built() {
  const folder = temporaryFolder(BUILD);
  return { url: new URL(`file://${folder.path("")}/`), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("serves the page with its type and a policy against foreign sources", async () => {
  using folder = built();
  const answer = await dashboardFile(REQUEST, "index.html", folder.url);
  assertEquals(await answer.text(), "<!doctype html>");
  assertEquals(answer.headers.get("content-type"), "text/html; charset=utf-8");
  const policy = answer.headers.get("content-security-policy")?.split("; ") ?? [];
  const expected = ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"];
  for (
    const directive of [...expected, "require-trusted-types-for 'script'", "trusted-types dockstat-worker"]
  ) {
    assert(policy.includes(directive), directive);
  }
});

Deno.test("lets browsers cache assets, but not the page", async () => {
  using folder = built();
  const asset = await dashboardFile(REQUEST, "assets/index-4f2a.js", folder.url);
  const page = await dashboardFile(REQUEST, "index.html", folder.url);
  assertStringIncludes(asset.headers.get("cache-control") ?? "", "immutable");
  assertEquals(page.headers.get("cache-control"), "no-cache");
});

Deno.test("does not send an unchanged file again", async () => {
  using folder = built();
  const first = await dashboardFile(REQUEST, "icon.svg", folder.url);
  const again = new Request(REQUEST.url, { headers: { "if-none-match": first.headers.get("etag")! } });
  assertEquals((await dashboardFile(again, "icon.svg", folder.url)).status, 304);
});

Deno.test("serves compressed files to browsers that accept them", async () => {
  using folder = temporaryFolder({ "index.html": "<!doctype html>", "index.html.gz": "compressed" });
  const url = new URL(`file://${folder.path("")}/`);
  const able = new Request(REQUEST.url, { headers: { "accept-encoding": "br, gzip" } });
  const answer = await dashboardFile(able, "index.html", url);
  assertEquals([answer.headers.get("content-encoding"), await answer.text()], ["gzip", "compressed"]);
  assertEquals(await (await dashboardFile(REQUEST, "index.html", url)).text(), "<!doctype html>");
});

Deno.test("serves the smallest file that the browser accepts", async () => {
  using folder = temporaryFolder({ "a.js": "plain", "a.js.gz": "gzip", "a.js.br": "brotli" });
  const url = new URL(`file://${folder.path("")}/`);
  const sent = async (codings: string) => {
    const able = new Request(REQUEST.url, { headers: { "accept-encoding": codings } });
    const answer = await dashboardFile(able, "a.js", url);
    return [answer.headers.get("content-encoding"), await answer.text()];
  };
  assertEquals(await sent("gzip, deflate, br, zstd"), ["br", "brotli"]);
  assertEquals(await sent("gzip, br;q=0"), ["gzip", "gzip"]);
  for (const none of ["identity", "", "*;q=0"]) assertEquals(await sent(none), [null, "plain"]);
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
  Deno.test(`refuses "${name.slice(0, 40)}" as a file of the dashboard`, async () => {
    using folder = built();
    const failure = await assertRejects(() => dashboardFile(REQUEST, name, folder.url), AppError);
    assertEquals(failure.code, "not-found");
  });
}

Deno.test("explains how to build a missing dashboard", async () => {
  using folder = temporaryFolder({});
  const url = new URL(`file://${folder.path("")}/`);
  const failure = await assertRejects(() => dashboardFile(REQUEST, "index.html", url), AppError);
  assertStringIncludes(failure.message, "deno task ui");
});
