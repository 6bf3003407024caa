/** Signing in and out over HTTP. */
import * as v from "valibot";
import { NewSession, SessionInfo } from "../../server/protocol/session.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { serve } from "../../server/serve.ts";
import { serveEngines, TestClient, testConfig, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { QUICK } from "../fakes/times.ts";
import { startProgram } from "../program.ts";

/** Sends a request with a secret as Bearer. */
async function call(url: string, method: string, path: string, secret?: string, body?: unknown) {
  const headers = new Headers(secret === undefined ? {} : { authorization: `Bearer ${secret}` });
  if (body !== undefined) headers.set("content-type", "application/json");
  const answer = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

async function signIn(url: string, token = TOKEN): Promise<string> {
  const { status, body } = await call(url, "POST", "/sessions", undefined, { token });
  assertEquals(status, 201);
  assert(v.is(NewSession, body));
  return body.session;
}

Deno.test("the token is exchanged for a session that can do the same, and no cookie is set", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const { status, headers, body } = await call(server.url, "POST", "/sessions", undefined, { token: TOKEN });
  assertEquals([status, headers.has("set-cookie"), body.session === TOKEN], [201, false, false]);
  assertEquals((await call(server.url, "GET", "/about", body.session)).body.access, "full");
  assertEquals((await call(server.url, "GET", "/stacks/1/compose", body.session)).status, 404);
});

Deno.test("a wrong token opens no session, and counts as a guess", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 2 });
  const attempt = async () =>
    (await call(server.url, "POST", "/sessions", undefined, { token: "wrong-wrong-wrong" })).status;
  assertEquals([await attempt(), await attempt(), await attempt()], [401, 401, 429]);
  const guess = await call(server.url, "GET", "/docker/hosts", "no-session");
  assertEquals(guess.status, 429);
  assert(Number(guess.headers.get("retry-after")) > 0);
  await signIn(server.url);
});

Deno.test("wrong sessions of sockets and of /about count as guesses too", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 2 });
  assertEquals((await call(server.url, "GET", "/about", "no-session")).status, 401);
  await using socket = new TestClient(server.url, "/stacks", "no-session");
  await socket.end();
  assertEquals(socket.frames, []);
  assertEquals((await call(server.url, "GET", "/docker/hosts", "no-session")).status, 429);
});

Deno.test("sessions are listed without their secrets, and each can be ended", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const [one, other] = [await signIn(server.url), await signIn(server.url)];
  const { body } = await call(server.url, "GET", "/sessions", one);
  assert(v.is(v.array(SessionInfo), body));
  assertEquals(body.filter(({ current }) => current).length, 1);
  assert(!JSON.stringify(body).includes(one));
  const { id } = body.find(({ current }) => !current)!;
  assertEquals((await call(server.url, "DELETE", `/sessions/${id}`, one)).status, 204);
  assertEquals((await call(server.url, "GET", "/sessions", other)).status, 401);
  assertEquals((await call(server.url, "DELETE", `/sessions/${id}`, one)).status, 404);
});

Deno.test("signing out ends the session of the request, and its socket with 1008", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const [one, other] = [await signIn(server.url), await signIn(server.url)];
  await using socket = new TestClient(server.url, "/stacks", one);
  await using stays = new TestClient(server.url, "/stacks", other);
  for (const client of [socket, stays]) {
    await client.frame("the greeting", ({ message }) => message !== undefined);
  }
  assertEquals((await call(server.url, "DELETE", "/sessions/current", one)).status, 204);
  assertEquals((await socket.end()).code, 1008);
  assertEquals([(await call(server.url, "GET", "/sessions", one)).status, stays.closed], [401, undefined]);
});

Deno.test("signing out everywhere ends all sessions but not the token", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const session = await signIn(server.url);
  assertEquals((await call(server.url, "DELETE", "/sessions", TOKEN)).status, 204);
  assertEquals((await call(server.url, "GET", "/sessions", session)).status, 401);
  assertEquals((await call(server.url, "GET", "/sessions", TOKEN)).body, []);
});

/** Signs out as a page would, and returns what the browser is asked to clear. */
async function clearedBy(basePath: string, path: string, referer?: string): Promise<string | null> {
  const listen = { host: "127.0.0.1", port: 0, socket: undefined, basePath };
  await using server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: "unix:///none" } }], { listen }),
    { times: QUICK, openEngine: () => new FakeEngine() },
  );
  const session = await signIn(server.url);
  const headers = { authorization: `Bearer ${session}`, ...referer === undefined ? {} : { referer } };
  const { status, headers: sent } = await fetch(server.url + path, { method: "DELETE", headers });
  assertEquals(status, 204);
  return sent.get("clear-site-data");
}

Deno.test("signing out empties the browser's cache and storage of the origin", async () => {
  for (const path of ["/sessions/current", "/sessions"]) {
    assertEquals(await clearedBy("", path), '"cache", "storage"');
    assertEquals(await clearedBy("", path, "https://dock.example.org/"), '"cache", "storage"');
  }
});

Deno.test("signing out below a path leaves the storage of other applications alone", async () => {
  assertEquals(await clearedBy("/dockstat", "/sessions/current"), null);
  assertEquals(await clearedBy("", "/sessions/current", "https://example.org/dockstat/"), null);
});

Deno.test("ending another session clears nothing here", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const [one, other] = [await signIn(server.url), await signIn(server.url)];
  const { body } = await call(server.url, "GET", "/sessions", other);
  const { id } = body.find(({ current }: { current: boolean }) => !current);
  const { status, headers } = await call(server.url, "DELETE", `/sessions/${id}`, other);
  assertEquals([status, headers.has("clear-site-data")], [204, false]);
  assertEquals((await call(server.url, "GET", "/sessions", one)).status, 401);
});

Deno.test("sessions can be neither listed nor ended without the token", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (
    const [method, path] of [["GET", "/sessions"], ["DELETE", "/sessions"], ["DELETE", "/sessions/current"]]
  ) {
    assertEquals((await call(server.url, method!, path!)).status, 401, `${method} ${path}`);
  }
});

Deno.test("a token that was given cannot be rotated", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const { status, body } = await call(server.url, "POST", "/token/rotate", TOKEN);
  assertEquals(status, 403);
  assertStringIncludes(body.detail, "DOCKSTAT_TOKEN");
});

Deno.test("token --rotate replaces the token of a running server, and ends sessions and sockets", async () => {
  using data = temporaryFolder();
  const env = { DOCKER_HOST: "unix:///nonexistent" };
  await using server = startProgram(["serve", "--port", "0", "--data", data.path("")], env);
  const url = await server.url();
  const flags = ["--data", data.path(""), "--port", new URL(url).port];
  await using before = startProgram(["token", ...flags]);
  assertEquals(await before.status, 0);
  const token = before.out.trim();
  const session = await signIn(url, token);
  await using bySession = new TestClient(url, "/stacks", session);
  await using byToken = new TestClient(url, "/stacks", token);
  for (const client of [bySession, byToken]) {
    await client.frame("the greeting", ({ message }) => message !== undefined);
  }
  await using rotated = startProgram(["token", "--rotate", ...flags]);
  assertEquals([await rotated.status, rotated.err], [0, ""]);
  const fresh = rotated.out.trim();
  assert(fresh !== token);
  assertEquals([(await bySession.end()).code, (await byToken.end()).code], [1008, 1008]);
  for (const old of [token, session]) assertEquals((await call(url, "GET", "/sessions", old)).status, 401);
  assertEquals((await call(url, "GET", "/sessions", fresh)).status, 200);
  assert(!server.err.includes(token) && !server.err.includes(session));
});

Deno.test("token --rotate reaches a server that listens elsewhere through the data folder", async () => {
  using data = temporaryFolder();
  const env = { DOCKER_HOST: "unix:///nonexistent" };
  await using server = startProgram(["serve", "--port", "0", "--data", data.path("")], env);
  const url = await server.url();
  const token = Deno.readTextFileSync(data.path("token")).trim();
  const session = await signIn(url, token);
  await using socket = new TestClient(url, "/stacks", session);
  await socket.frame("the greeting", ({ message }) => message !== undefined);
  await using rotated = startProgram(["token", "--rotate", "--data", data.path(""), "--port", "1"]);
  assertEquals(await rotated.status, 0);
  assertEquals((await socket.end()).code, 1008);
  for (const old of [token, session]) assertEquals((await call(url, "GET", "/sessions", old)).status, 401);
  assertEquals((await call(url, "GET", "/sessions", rotated.out.trim())).status, 200);
});

Deno.test("a new --token ends the sessions of the old one", async () => {
  using data = temporaryFolder();
  const start = (token: string) =>
    startProgram(["serve", "--port", "0", "--data", data.path("")], {
      DOCKER_HOST: "unix:///nonexistent",
      DOCKSTAT_TOKEN: token,
    });
  let session = "";
  for (
    const [token, status] of [["the-first-token-of-all", 0], ["the-first-token-of-all", 200], [
      "another-token-of-all",
      401,
    ]] as const
  ) {
    await using server = start(token);
    const url = await server.url();
    if (session === "") session = await signIn(url, token);
    else assertEquals((await call(url, "GET", "/sessions", session)).status, status, token);
  }
});

Deno.test("a read-only server without a writable data folder keeps sessions in memory", async () => {
  const access = { token: TOKEN, auth: true, origins: [], readOnly: true, viewToken: false };
  const hosts = [{ kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } }];
  const config = testConfig(hosts, { access, data: "/dev/null/data" });
  await using server = await serve(config, { times: QUICK, openEngine: () => new FakeEngine() });
  const session = await signIn(server.url);
  assertEquals((await call(server.url, "GET", "/sessions", session)).body.length, 1);
  assertEquals((await call(server.url, "DELETE", "/sessions/current", session)).status, 204);
  assertEquals((await call(server.url, "GET", "/sessions", session)).status, 401);
});

Deno.test("token --rotate replaces the stored token when no server runs", async () => {
  using data = temporaryFolder();
  const flags = ["--data", data.path(""), "--port", "1"];
  await using before = startProgram(["token", ...flags]);
  await before.status;
  await using rotated = startProgram(["token", "--rotate", ...flags]);
  assertEquals(await rotated.status, 0);
  await using after = startProgram(["token", ...flags]);
  await after.status;
  assertEquals([after.out === rotated.out, after.out === before.out], [true, false]);
});
