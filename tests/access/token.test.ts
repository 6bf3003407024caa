import { AppError } from "../../server/errors.ts";
import { sameSecret } from "../../server/access/credentials.ts";
import { Attempts } from "../../server/access/attempts.ts";
import { loadToken } from "../../server/access/token.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../assert.ts";
import { serveEngines, TestClient, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

Deno.test("the token is made once, 32 random bytes, for its owner alone", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  const token = await loadToken(data);
  assertMatch(token, /^[A-Za-z0-9_-]{43}$/);
  assertEquals(await loadToken(data), token);
  assertEquals((await Deno.stat(`${data}/token`)).mode! & 0o777, 0o600);
  assertEquals([...Deno.readDirSync(data)].map(({ name }) => name), ["token"]);
});

Deno.test("a data folder that cannot be used is a clear error", async () => {
  using folder = temporaryFolder({ file: "" });
  await assertRejects(() => loadToken(folder.path("file/below")), AppError, "choose a folder with --data");
});

Deno.test("secrets are compared whole", () => {
  assert(sameSecret("abc", "abc"));
  for (const other of ["", "ab", "abd", "abcd", "bbc"]) assert(!sameSecret(other, "abc"));
});

Deno.test("dockstat token prints the token that a server accepts", async () => {
  using folder = temporaryFolder();
  const flags = ["--data", folder.path("")];
  await using server = startProgram(["--port", "0", ...flags], { DOCKER_HOST: "unix:///nonexistent" });
  const url = await server.url();
  await using printed = startProgram(["token", ...flags]);
  assertEquals(await printed.status, 0);
  const token = printed.out.trim();
  const answer = await fetch(`${url}/stacks/1/compose`, { headers: { authorization: `Bearer ${token}` } });
  await answer.body?.cancel();
  assertEquals(answer.status, 404);
  assert(
    !(server.out + server.err).includes(token),
    "the token is in the output of a server without a terminal",
  );
});

Deno.test("a token that was given is used, and one that can be guessed is refused", async () => {
  await using weak = startProgram(["--demo", "--port", "0", "--token", "short"]);
  assertEquals(await weak.status, 2);
  assertStringIncludes(weak.err, "--token: expected a token of at least 16");
  assert(!weak.err.includes('"short"'));
});

Deno.test("wrong tokens are limited per peer, and the refusal says for how long", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 2 });
  const statuses = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    const answer = await fetch(`${server.url}/docker/hosts`, { headers: { authorization: "Bearer wrong" } });
    statuses.push(answer.status);
    if (answer.status === 429) assert(Number(answer.headers.get("retry-after")) > 0);
    await answer.body?.cancel();
  }
  assertEquals(statuses, [401, 401, 429, 429]);
  const right = await fetch(`${server.url}/docker/hosts`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await right.body?.cancel();
  assertEquals(right.status, 200);
});

Deno.test("failures are forgotten after their window, and of many peers the oldest", () => {
  let now = 0;
  const attempts = new Attempts({ max: 1, windowMs: 1000, peers: 2 }, () => now);
  attempts.failed("a");
  assertThrows(() => attempts.failed("a"), AppError);
  now = 1000;
  attempts.failed("a");
  attempts.failed("b");
  attempts.failed("c");
  attempts.failed("a");
});

Deno.test("a client that speaks dockstat.v1 is answered with it, and its token stays out of the answer", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const protocol = `token.${btoa(TOKEN).replace(/=+$/, "")}`;
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/docker/stats`, ["dockstat.v1", protocol]);
  await new Promise((resolve) => socket.onmessage = resolve);
  assertEquals(socket.protocol, "dockstat.v1");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  await using plain = new TestClient(server.url, "/docker/stats");
  await plain.frame("the greeting", () => true);
});
