import * as v from "valibot";
import { type KeptCurve, KeptHistory } from "../../server/protocol/past/history.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes, eventually } from "../assert.ts";
import { serveEngines, TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";
import { steadyMachine } from "../stats/hosts/steady_machine.ts";

/** Serves two containers whose first samples are kept. */
async function served(): Promise<ServedStacks> {
  const engine = new FakeEngine(
    fakeContainer("web", { project: "shop", service: "web", number: 1 }),
    fakeContainer("solo"),
  );
  const it = await serveStacks({ engine });
  await using client = new TestClient(it.server.url, "/docker/stats");
  for (const name of ["web", "solo"]) {
    await client.frame(name, (frame) => frame.name === name && frame.cpuUsage === 50);
  }
  return it;
}

async function series(it: ServedStacks, query: string): Promise<KeptCurve[]> {
  const { status, body } = await it.call("GET", `/history?${query}`);
  assertEquals(status, 200);
  assert(v.is(KeptHistory, body), JSON.stringify(body));
  return body.series;
}

Deno.test("GET /history returns the kept samples of every container", async () => {
  await using it = await served();
  const [solo, web] = (await series(it, "")).sort((one, other) => one.name.localeCompare(other.name));
  assertEquals([solo?.key, web?.key], ["Localhost/solo", "Localhost/shop/web/1"]);
  const { kind, id, name, project, service, history, columns } = web!;
  assertEquals([kind, id, name, project, service], ["container", idOf("web"), "web", "shop", "web"]);
  assertEquals(history.at(-1)?.[columns.indexOf("cpuUsageMax")], 50);
});

Deno.test("samples are filtered by name, id, host, stack and time", async () => {
  await using it = await served();
  const names = async (query: string) => (await series(it, query)).map(({ name }) => name).sort();
  assertEquals(await names("container=web"), ["web"]);
  assertEquals(await names(`container=${idOf("solo").slice(0, 12)}`), ["solo"]);
  assertEquals(await names("host=Localhost&container=solo"), ["solo"]);
  assertEquals(await names("container=absent"), []);
  const id = await it.create("blog", { deploy: false });
  it.engine.put(fakeContainer("press", { project: "blog", service: "web", number: 1 }), "start");
  await using client = new TestClient(it.server.url, "/docker/stats");
  await client.frame("its numbers", (frame) => frame.name === "press" && frame.cpuUsage === 50);
  assertEquals(await names(`stack=${id}`), ["press"]);
  const [old] = await series(it, "container=web&since=2h&until=1h");
  assertEquals(old?.history, []);
});

Deno.test("a host selects its own containers and machine, and kind one of the two", async () => {
  const nas = new FakeEngine(fakeContainer("disk"));
  nas.machine = steadyMachine();
  await using server = await serveEngines({ nas, pi: new FakeEngine(fakeContainer("lamp")) });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1");
  for (const name of ["disk", "lamp"]) {
    await client.frame(name, (frame) => frame.name === name && frame.cpuUsage === 50);
  }
  const names = async (query: string) => {
    const answer = await fetch(`${server.url}/history?${query}`);
    const { series }: { readonly series: readonly KeptCurve[] } = await answer.json();
    return series.map(({ name }) => name).sort();
  };
  await eventually("the machine", async () => (await names("kind=host")).includes("nas"));
  assertEquals(await names("host=nas"), ["disk", "nas"]);
  assertEquals(await names("host=nas&kind=host"), ["nas"]);
  assertEquals(await names("host=nas&kind=container"), ["disk"]);
  assertEquals(await names("host=pi&kind=container"), ["lamp"]);
});

Deno.test("the answer explains the time before DockStat ran", async () => {
  await using it = await served();
  const [web] = await series(it, "container=web&since=5m");
  assertEquals(web?.gaps[0]?.reason, "unknown");
  assert(web!.gaps[0]!.to - web!.gaps[0]!.from > 200_000);
});

Deno.test("a removed container's samples are still there", async () => {
  await using it = await served();
  it.engine.destroy("solo");
  await eventually(
    "the removal",
    async () => (await it.call("GET", "/docker/hosts")).body[0].containers === 1,
  );
  assertEquals((await series(it, "container=solo"))[0]?.history.at(-1)?.[1], 50);
});

Deno.test("CSV has one line per row, with the names of the columns", async () => {
  await using it = await served();
  const answer = await fetch(`${it.server.url}/history?container=web`, { headers: { accept: "text/csv" } });
  assertEquals(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  const [head, first] = (await answer.text()).split("\r\n");
  assertStringIncludes(head!, "time,hostId,key,name,cpuUsage,memoryUsage,");
  assertMatch(first!, /^2\d{3}-\d\d-\d\dT[\d:.]+Z,Localhost,Localhost\/shop\/web\/1,web,50,25,/);
});

Deno.test("more than the last ten minutes need the token", async () => {
  await using it = await served();
  const status = async (query: string, headers: HeadersInit = {}) => {
    const answer = await fetch(`${it.server.url}/history${query}`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await status(""), 200);
  assertEquals(await status("?since=10m"), 200);
  assertEquals(await status("?since=11m"), 401);
  assertEquals(await status("?since=1d&until=23h"), 401);
  assertEquals(await status("?since=30d", { authorization: `Bearer ${TOKEN}` }), 200);
});

for (
  const query of [
    ...["points=59", "points=2001", "points=many", "since=yesterday", "container=../x", "host=moon"],
    ...["stack=a", "kind=stack", "kind=host&kind=host", "since=1m&until=2m", "until=1h&until=2h", "tail=5"],
  ]
) {
  Deno.test(`GET /history?${query} is refused as malformed`, async () => {
    await using it = await serveStacks();
    assertEquals((await it.call("GET", `/history?${query}`)).status, 400);
  });
}
