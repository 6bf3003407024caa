/** Tests for downloads over HTTP. */
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { line } from "../output/viewers.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Requests the address of a download. */
async function addressOf(it: ServedStacks, path: string): Promise<string> {
  const { status, body } = await it.call("POST", "/downloads", { path });
  assertEquals([status, Object.keys(body)], [200, ["url"]]);
  return body.url;
}

Deno.test("an address returns the answer of its path without the token, once", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  const url = await addressOf(it, `/stacks/${id}/compose`);
  const first = await fetch(it.server.url + url);
  assertEquals([first.status, await first.json()], [
    200,
    (await it.call("GET", `/stacks/${id}/compose`)).body,
  ]);
  const second = await fetch(it.server.url + url);
  assertEquals(second.status, 404);
  assertStringIncludes((await second.json()).detail, "valid once");
});

Deno.test("a browser saves the answer and never displays or keeps it", async () => {
  await using it = await serveStacks();
  const { headers, body } = await fetch(it.server.url + await addressOf(it, "/logs?tail=1"));
  await body?.cancel();
  const policy = headers.get("content-security-policy") ?? "";
  assertEquals(
    ["content-disposition", "content-type", "x-content-type-options", "cache-control"].map((name) =>
      headers.get(name)
    ),
    ['attachment; filename="dockstat.json"', "application/octet-stream", "nosniff", "no-store"],
  );
  assert(policy.startsWith("sandbox;") && policy.includes("default-src 'none'"), policy);
});

Deno.test("the query belongs to the address, and the file is named for it", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-2, "one"), line(-1, "two"));
  await using it = await serveStacks({ engine });
  const answer = await fetch(it.server.url + await addressOf(it, "/logs/ws?container=web&tail=1"));
  assertEquals([answer.status, await answer.text()], [200, "two\n"]);
  assertEquals(answer.headers.get("content-disposition"), 'attachment; filename="web.log"');
});

for (
  const [query, status] of [
    ["container=no-such", 404],
    ["project=no-such", 404],
    ["container=web%22%0d%0aSet-Cookie:x", 400],
    ["container=web&match=(", 400],
    ["container=web&timestamps=Mars/Base", 400],
    ["container=web&levels=loud", 400],
    ["container=web&follow=1", 400],
  ] as const
) {
  Deno.test(`no address is created for the log ?${query}`, async () => {
    await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("web")) });
    const { status: answered, body } = await it.call("POST", "/downloads", {
      path: `/logs/ws?${query}`,
    });
    assertEquals([answered, body.url], [status, undefined]);
  });
}

for (
  const [query, name] of [
    [`container=${fakeContainer("web").id}`, "web"],
    ["container=web&container=db", "containers"],
    ["project=shop", "shop"],
  ] as const
) {
  Deno.test(`the log ?${query.slice(0, 30)} is saved as ${name}.log`, async () => {
    const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db", { project: "shop" }));
    await using it = await serveStacks({ engine });
    const answer = await fetch(it.server.url + await addressOf(it, `/logs/ws?${query}`));
    await answer.body?.cancel();
    assertEquals(answer.headers.get("content-disposition"), `attachment; filename="${name}.log"`);
  });
}

Deno.test("a file of a stack is saved under its own name", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const put = await fetch(`${it.server.url}/stacks/${id}/files/conf/a.txt`, {
    method: "PUT",
    headers,
    body: "text",
  });
  await put.body?.cancel();
  assertEquals(put.status, 201);
  const answer = await fetch(it.server.url + await addressOf(it, `/stacks/${id}/files/conf/a.txt`));
  assertEquals([answer.status, await answer.text()], [200, "text"]);
  assertEquals(answer.headers.get("content-disposition"), "attachment; filename*=UTF-8''a.txt");
});

Deno.test("an address gives no access to any other path or option", async () => {
  await using it = await serveStacks();
  const url = await addressOf(it, "/logs");
  for (const more of ["?tail=5", "?container=web", "/../../sessions"]) {
    const answer = await fetch(it.server.url + url + more);
    await answer.body?.cancel();
    assert([400, 401, 404].includes(answer.status), `${more} ${answer.status}`);
  }
});

for (
  const path of [
    ...["/sessions", "/docker/stats", "/stacks", "/", "/healthz", "/downloads", "/no/such", "/openapi.json"],
    ...[
      "logs",
      "//evil.example/logs",
      "http://evil.example/logs",
      "/\\evil",
      "/logs/../sessions",
      "/logs%2fws",
      "",
    ],
  ]
) {
  Deno.test(`"${path}" cannot be saved`, async () => {
    await using it = await serveStacks();
    const { status } = await it.call("POST", "/downloads", { path });
    assert([400, 422].includes(status), String(status));
  });
}

Deno.test("an address needs the token or a session, also where viewing needs none", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const status = async (headers: Record<string, string>) => {
    const answer = await fetch(`${server.url}/downloads`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ path: "/logs" }),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await status({}), 401);
  const bearer = { authorization: `Bearer ${TOKEN}` };
  assertEquals(await status(bearer), 200);
  assertEquals(await status({ ...bearer, origin: "https://evil.example" }), 403);
});

Deno.test("an address ends with the session that requested it", async () => {
  await using it = await serveStacks();
  const { body: { session } } = await it.call("POST", "/sessions", { token: TOKEN });
  const headers = { authorization: `Bearer ${session}`, "content-type": "application/json" };
  const body = JSON.stringify({ path: "/logs" });
  const { url } = await (await fetch(`${it.server.url}/downloads`, { method: "POST", headers, body })).json();
  await it.call("DELETE", "/sessions");
  const answer = await fetch(it.server.url + url);
  await answer.body?.cancel();
  assertEquals(answer.status, 404);
});

Deno.test("HEAD does not use up an address", async () => {
  await using it = await serveStacks();
  const url = await addressOf(it, "/logs");
  const head = await fetch(it.server.url + url, { method: "HEAD" });
  assertEquals([head.status, head.headers.get("allow")], [405, "GET"]);
  const answer = await fetch(it.server.url + url);
  await answer.body?.cancel();
  assertEquals(answer.status, 200);
});

Deno.test("read-only servers let a log be saved", async () => {
  const access = { token: TOKEN, auth: true, origins: [], readOnly: true, viewToken: false };
  await using it = await serveStacks({ changes: { access } });
  const answer = await fetch(it.server.url + await addressOf(it, "/logs"));
  await answer.body?.cancel();
  assertEquals(answer.status, 200);
});

Deno.test("a path with control characters gets no address", async () => {
  await using it = await serveStacks();
  for (const path of ["/lo\ngs", "/logs\t", "/logs?tail=1\0", "/logs/.\t./metrics", "/logs\r\nX: y"]) {
    assertEquals((await it.call("POST", "/downloads", { path })).status, 422, JSON.stringify(path));
  }
});
