import * as v from "valibot";
import { Report } from "../../server/protocol/past/report.ts";
import { HIDDEN } from "../../server/stacks/public_view.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

async function report(it: ServedStacks, query = ""): Promise<Report> {
  const { status, body } = await it.call("GET", `/report${query}`);
  assertEquals(status, 200);
  assert(v.is(Report, body), JSON.stringify(body));
  return body;
}

async function servedUnhealthy(): Promise<ServedStacks> {
  const engine = new FakeEngine(fakeContainer("web"));
  const it = await serveStacks({ engine });
  engine.put(
    fakeContainer("web", { health: "unhealthy", healthOutput: "secret" }),
    "health_status: unhealthy",
  );
  await eventually(
    "the event",
    async () => (await it.call("GET", "/events?kind=health")).body.events.length > 0,
  );
  return it;
}

Deno.test("GET /report covers the last twelve hours, with the events of now", async () => {
  await using it = await servedUnhealthy();
  const { since, until, failed, complete } = await report(it);
  assertEquals(Date.parse(until) - Date.parse(since), 12 * 3_600_000);
  assertEquals(failed.map(({ kind, name, message }) => [kind, name, message]), [[
    "unhealthy",
    "web",
    "secret",
  ]]);
  assertEquals(complete, true);
});

Deno.test("the time span and the host can be chosen", async () => {
  await using it = await servedUnhealthy();
  assertEquals((await report(it, "?since=2h&until=1h")).failed, []);
  assertEquals((await report(it, "?since=1d&host=Localhost")).failed.length, 1);
});

Deno.test("clients without the token receive neither messages nor findings of the history", async () => {
  await using it = await servedUnhealthy();
  const { failed: [finding], complete } = await (await fetch(`${it.server.url}/report`)).json();
  assertEquals([finding.message, complete], [HIDDEN, false]);
});

for (const query of ["since=1h&until=2h", "since=soon", "host=moon", "points=60"]) {
  Deno.test(`GET /report?${query} is refused as malformed`, async () => {
    await using it = await serveStacks();
    assertEquals((await it.call("GET", `/report?${query}`)).status, 400);
  });
}
