/** Tests for the paths of the dashboard. */
import { serve } from "../../server/serve.ts";
import { serveStacks } from "../stacks/client.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";

const HOST = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };

/** Serves on all addresses, so that viewing needs the token. */
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

Deno.test("the page refuses a token in its address, and names the right place", async () => {
  await using server = await serveAnywhere();
  const answer = await fetch(`${server.url}/?token=${TOKEN}`);
  const text = await answer.text();
  assertEquals([answer.status, text.includes(TOKEN), answer.headers.has("set-cookie")], [400, false, false]);
  assertStringIncludes(text, "open /#token=TOKEN");
});

Deno.test("GET /about reports the Compose that is used and the user's own", async () => {
  await using it = await serveStacks();
  const { compose, composeUser } = await (await fetch(`${it.server.url}/about`)).json();
  assertEquals([compose, composeUser], ["2.40.3", "2.40.3"]);
});

Deno.test("GET /about reports the access of a client", async () => {
  await using server = await serve(testConfig([HOST]), { openEngine: () => new FakeEngine() });
  const about = async (headers: HeadersInit) =>
    (await (await fetch(`${server.url}/about`, { headers })).json()).access;
  assertEquals(await about({}), "view");
  assertEquals(await about({ authorization: `Bearer ${TOKEN}` }), "full");
});
