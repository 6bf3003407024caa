import { assertEquals, eventually } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { line, messages, serveEngine } from "./viewers.ts";

const EXITED = { state: "exited", finishedAt: Date.now() } as const;

Deno.test("viewers of one container share one stream, which ends with the last viewer", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  const path = `/logs/ws?container=${idOf("web").slice(0, 12)}`;
  {
    await using one = new TestClient(server.url, path, TOKEN);
    await using other = new TestClient(server.url, path, TOKEN);
    await one.frame("the greeting", () => true);
    await other.frame("the greeting", () => true);
    engine.written.push(line(1, "hello"));
    await one.frame("the line", ({ message }) => message === "hello");
    await other.frame("the line", ({ message }) => message === "hello");
    assertEquals(engine.calls.followed, 1);
  }
  engine.written.push(line(2, "without viewers"));
  assertEquals(engine.calls.followed, 1);
});

Deno.test("reports the end of a container in-band, and continues when it runs again", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the greeting", () => true);
  engine.written.push(line(1, "before"));
  await client.frame("the line", ({ message }) => message === "before");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.put(fakeContainer("web"));
  await client.frame("the restart", ({ error }) => error === null);
  engine.written.push(line(2, "after"));
  await client.frame("the line", ({ message }) => message === "after");
  assertEquals(messages(client), ["before", "! the container has ended (exited)", "! null", "after"]);
});

Deno.test("loses no line of mixed streams, regardless of their timestamps", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=10", TOKEN);
  await client.frame("the greeting", () => true);
  const [late, early] = [line(2, "late"), line(1, "early", "stderr")];
  engine.written.push(late, early, { ...late, message: "same stamp" });
  await client.frame("the last", ({ message }) => message === "same stamp");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(3, "next", "stderr"));
  engine.put(fakeContainer("web", { startedAt: Date.now() }));
  await client.frame("the next run", ({ message }) => message === "next");
  assertEquals(messages(client), [
    "late",
    "early",
    "same stamp",
    "! the container has ended (exited)",
    "! null",
    "next",
  ]);
});

Deno.test("reports a run that ended before it was observed", async () => {
  const ran = (startedAt: number) => fakeContainer("web", { ...EXITED, startedAt });
  const engine = new FakeEngine(ran(1000));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(1, "short"));
  engine.put(ran(2000), "die");
  await client.frame("the line", ({ message }) => message === "short");
  const ended = "! the container has ended (exited)";
  await eventually("the end of the run", () => messages(client).length === 4);
  assertEquals(messages(client), [ended, "! null", "short", ended]);
});

Deno.test("reports the end of a container once to a client that connects later", async () => {
  const engine = new FakeEngine(fakeContainer("web", EXITED));
  engine.written.push(line(-30, "old"));
  await using server = await serveEngine(engine);
  await using first = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  await first.frame("the end", ({ error }) => typeof error === "string");
  await using second = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  await second.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(1, "new"));
  engine.put(fakeContainer("web"));
  for (const client of [first, second]) {
    await client.frame("the new line", ({ message }) => message === "new");
    assertEquals(messages(client), ["old", "! the container has ended (exited)", "! null", "new"]);
  }
});

Deno.test("reports the removal of a container", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the greeting", () => true);
  engine.destroy("web");
  await client.frame("the removal", ({ error }) => error === "the container was removed");
});

Deno.test("reports unreadable output once, and retries with backoff", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.outputRefusal = "configured logging driver does not support reading";
  await using server = await serveEngine(engine);
  await using live = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await using past = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  for (const client of [live, past]) {
    await client.frame("the refusal", ({ error }) => error === engine.outputRefusal);
  }
  engine.outputRefusal = undefined;
  engine.written.push(line(1, "readable"));
  for (const client of [live, past]) {
    await client.frame("the line", ({ message }) => message === "readable");
    const refusal = "! configured logging driver does not support reading";
    assertEquals(messages(client), [refusal, "! null", "readable"]);
  }
});

Deno.test("reports the removal of an exited container", async () => {
  const engine = new FakeEngine(fakeContainer("web", EXITED));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the end", ({ error }) => error === "the container has ended (exited)");
  engine.destroy("web");
  await client.frame("the removal", ({ error }) => error === "the container was removed");
});

Deno.test("marks notices after which the output cannot continue", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db", EXITED));
  engine.outputRefusal = "configured logging driver does not support reading";
  await using server = await serveEngine(engine);
  await using refused = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  assertEquals((await refused.frame("the refusal", ({ error }) => typeof error === "string")).final, true);
  engine.outputRefusal = undefined;
  await using removed = new TestClient(server.url, "/logs/ws?container=db", TOKEN);
  const ended = await removed.frame("the end", ({ error }) => typeof error === "string");
  assertEquals("final" in ended, false);
  engine.destroy("db");
  const last = await removed.frame("the removal", ({ error }) => error === "the container was removed");
  assertEquals(last.final, true);
});
