/** The timeline and the audit journal over HTTP. */
import * as v from "valibot";
import {
  type AuditEntry,
  AuditPage,
  type TimelineEvent,
  TimelinePage,
} from "../../server/protocol/past/timeline.ts";
import { HIDDEN } from "../../server/stacks/public_view.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { freshFolder, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Waits for an event that matches, and returns it. */
async function event(it: ServedStacks, query: string): Promise<TimelineEvent> {
  return await eventually(`an event of ${query}`, async () => {
    const { status, body } = await it.call("GET", `/events?${query}`);
    assertEquals(status, 200);
    assert(v.is(TimelinePage, body), JSON.stringify(body));
    return body.events.at(-1);
  });
}

function engineOfTwo(): FakeEngine {
  return new FakeEngine(
    fakeContainer("web", { project: "shop", service: "web" }),
    fakeContainer("solo"),
  );
}

Deno.test("GET /events returns what happens to containers, with their project and service", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  const finishedAt = Date.now();
  engine.put(
    fakeContainer("web", { project: "shop", service: "web", state: "exited", exitCode: 3, finishedAt }),
    "die",
  );
  const { kind, hostId, containerId, name, project, service, late } = await event(it, "kind=exit");
  assertEquals(
    [kind, hostId, containerId, name, project, service, late],
    ["exit", "Localhost", idOf("web"), "web", "shop", "web", false],
  );
});

Deno.test("clients without the token receive no messages", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  const unhealthy = { health: "unhealthy", healthOutput: "password is hunter2" };
  engine.put(fakeContainer("solo", unhealthy), "health_status: unhealthy");
  const { message, state } = await event(it, "kind=health&container=solo");
  assertEquals([message, state], ["password is hunter2", "unhealthy"]);
  const answer = await fetch(`${it.server.url}/events?kind=health`);
  assertEquals((await answer.json()).events[0].message, HIDDEN);
});

Deno.test("pages lead to the oldest event, each once, and after= to the newest", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  for (const action of ["pause", "unpause", "pause", "unpause", "pause"]) engine.emit(idOf("solo"), action);
  await eventually("the events", async () => (await it.call("GET", "/events")).body.events.length === 5);
  const ids: number[] = [];
  for (let next: string | null = ""; next !== null;) {
    const { body } = await it.call("GET", `/events?tail=2${next === "" ? "" : `&next=${next}`}`);
    ids.unshift(...body.events.map(({ id }: TimelineEvent) => id));
    next = body.next;
  }
  assertEquals(ids, [1, 2, 3, 4, 5]);
  const { body } = await it.call("GET", "/events?after=3&tail=1");
  assertEquals([body.events.map(({ id }: TimelineEvent) => id), body.next], [[4], null]);
});

Deno.test("a malformed filter is refused with the allowed values", async () => {
  await using it = await serveStacks();
  for (
    const query of ["kind=boom", "since=yesterday", "tail=0", "tail=9999", "next=x", "host=moon", "stack=a"]
  ) {
    assertEquals((await it.call("GET", `/events?${query}`)).status, 400, query);
  }
});

Deno.test("operations are events with their result", async () => {
  await using it = await serveStacks();
  const id = await it.create("shop", { deploy: false });
  it.compose.work = () => Promise.resolve({ code: 1, error: "port 80 is already allocated" });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const { stack_id, action, state, message, name, operation_id } = await event(it, `stack=${id}&kind=deploy`);
  assertEquals(
    { stack_id, action, state, message, name, operation_id },
    {
      ...{ stack_id: id, action: "deploying", state: "failed", message: "port 80 is already allocated" },
      ...{ name: "shop", operation_id: 1 },
    },
  );
});

Deno.test("a removed container's last lines are kept with the event, for clients with the token", async () => {
  const engine = engineOfTwo();
  engine.written.push({ timestamp: "2026-01-01T00:00:00Z", message: "the end", stream: "stderr" });
  engine.onCall = ({ method }) => method === "DELETE" ? engine.destroy("solo") : undefined;
  await using it = await serveStacks({ engine });
  await it.call("DELETE", "/containers/Localhost/solo?force=1&wait=1");
  const { id, hasLog } = await event(it, "container=solo&kind=remove");
  assert(hasLog);
  const read = (headers: Record<string, string>) => fetch(`${it.server.url}/events/${id}/log`, { headers });
  const answer = await read({ authorization: `Bearer ${TOKEN}` });
  assertEquals([answer.status, answer.headers.get("cache-control")], [200, "no-store"]);
  assertEquals(await answer.text(), "2026-01-01T00:00:00Z the end\n");
  const refused = await read({});
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
  assertEquals((await it.call("GET", "/events/999/log")).status, 404);
});

Deno.test("a deployment keeps the logs of the containers that it recreates, and of no others", async () => {
  const engine = new FakeEngine();
  engine.written.push({ timestamp: "2026-01-01T00:00:00Z", message: "the end", stream: "stdout" });
  await using it = await serveStacks({ engine });
  const id = await it.create("shop", { deploy: false });
  for (const name of ["old", "kept"]) engine.put(fakeContainer(name, { project: "shop", service: name }));
  await eventually(
    "the containers",
    async () => (await it.call("GET", "/docker/hosts")).body[0].containers === 2,
  );
  it.compose.work = () => {
    engine.destroy("old");
    return Promise.resolve({ code: 0, error: undefined });
  };
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals((await event(it, "container=old&kind=remove")).hasLog, true);
  engine.destroy("kept");
  assertEquals((await event(it, "container=kept&kind=remove")).hasLog, false);
});

Deno.test("events continue after a restart, and what was missed is marked as late", async () => {
  const data = freshFolder();
  const started = Date.now() - 3_600_000;
  const engine = new FakeEngine(fakeContainer("web", { startedAt: started }));
  {
    await using it = await serveStacks({ engine, changes: { data } });
    engine.emit(idOf("web"), "pause");
    await event(it, "kind=pause");
  }
  const finishedAt = Date.now() - 60_000;
  const exited = fakeContainer("web", { startedAt: started, state: "exited", exitCode: 7, finishedAt });
  for (const _ of [1, 2]) {
    await using it = await serveStacks({ engine: new FakeEngine(exited), changes: { data } });
    const { exitCode, late, timestamp } = await event(it, "kind=exit");
    assertEquals([exitCode, late, Date.parse(timestamp)], [7, true, finishedAt]);
    assertEquals((await it.call("GET", "/events")).body.events.length, 2);
  }
});

Deno.test("an outage of a host and its return are events", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  engine.goDown("connect ECONNREFUSED 10.0.0.5:2376");
  const { message, containerId } = await event(it, "kind=outage&host=Localhost");
  assertEquals([typeof message, containerId], ["string", null]);
  engine.recover();
  await event(it, "kind=return");
});

Deno.test("the audit journal has sign-ins, removals and saved texts, and never the token", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  await it.call("POST", "/sessions", { token: "not-the-token" });
  const { body: { session } } = await it.call("POST", "/sessions", { token: TOKEN });
  const headers = { authorization: `Bearer ${session}` };
  await (await fetch(`${it.server.url}/sessions/current`, { method: "DELETE", headers })).body?.cancel();
  await (await fetch(`${it.server.url}/docker/hosts`, { headers })).body?.cancel();
  const id = await it.create("blog", { deploy: false });
  await it.call("DELETE", `/stacks/${id}?dryRun=1`);
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  const { status, body } = await it.call("GET", "/audit");
  assertEquals(status, 200);
  assert(v.is(AuditPage, body), JSON.stringify(body));
  assertEquals(
    body.entries.map(({ action, target, status, actor }) =>
      `${action} ${target} ${status} ${actor.replace(/ \w{8}$/, " …")}`
    ),
    [
      "sign-in /sessions 401 none",
      "sign-in /sessions 201 token",
      "sign-out /sessions/current 204 session …",
      "wrong-token /docker/hosts 401 none",
      "save-stack /stacks 201 token",
      `remove /stacks/${id} 200 token`,
    ],
  );
  assertEquals(new Set(body.entries.map(({ address }) => address)), new Set(["127.0.0.1"]));
  assert(!JSON.stringify(body).includes(TOKEN) && !JSON.stringify(body).includes(session));
});

Deno.test("the audit journal needs the token, and can be filtered", async () => {
  await using it = await serveStacks();
  const refused = await fetch(`${it.server.url}/audit`);
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
  await it.create("shop", { deploy: false });
  assertEquals((await it.call("GET", "/audit?action=save-stack&tail=5")).body.entries.length, 1);
  assertEquals((await it.call("GET", "/audit?action=remove")).body, { entries: [], next: null });
});

Deno.test("reads of stack texts are in the audit journal, also as downloads, refused ones are not", async () => {
  await using it = await serveStacks();
  const id = await it.create("shop", { deploy: false });
  const path = `/stacks/${id}/compose`;
  await it.call("GET", path);
  await (await fetch(it.server.url + path)).body?.cancel();
  const { body: { url } } = await it.call("POST", "/downloads", { path });
  await (await fetch(it.server.url + url)).body?.cancel();
  const { body } = await it.call("GET", "/audit?action=read-texts");
  assertEquals(body.entries.map(({ target, actor }: AuditEntry) => [target, actor]), [[path, "token"], [
    path,
    "none",
  ]]);
});
