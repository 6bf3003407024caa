import type { HostConfig } from "../../server/config/config.ts";
import { factsOf, LiveHosts } from "../../server/hosts/live_hosts.ts";
import { Feed } from "../../server/stats/feed.ts";
import { assertEquals } from "../assert.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { QUICK } from "../fakes/times.ts";

quietLog();

type DockerHost = Extract<HostConfig, { kind: "docker" }>;

function host(id: string, url = `tcp://${id}`, facts: Partial<DockerHost> = {}): HostConfig {
  return { kind: "docker", id, endpoint: { url }, ...facts };
}

/** Live hosts over fake engines; `opened` lists the addresses that were opened. */
function liveHosts(configured: readonly HostConfig[], added: readonly HostConfig[] = []) {
  const opened: string[] = [];
  const open = (each: HostConfig) => {
    if (each.kind === "docker") opened.push(each.endpoint.url);
    return { id: each.id, engine: new FakeEngine(), ...factsOf(each) };
  };
  const feed = new Feed([...configured, ...added].map(open), { times: QUICK });
  return { feed, opened, live: new LiveHosts(feed.hosts, open, configured, added) };
}

Deno.test("a changed configuration adds, removes and changes hosts, and leaves the others", async () => {
  const { feed, opened, live } = liveHosts([host("a"), host("b"), host("c")]);
  await using _feed = feed;
  const changes = await live.configure([host("d"), host("c", "tcp://new"), host("a")]);
  assertEquals(changes, ["added host d", "changed host c", "removed host b"]);
  assertEquals(feed.hostIds, ["d", "c", "a"]);
  assertEquals(opened, ["tcp://a", "tcp://b", "tcp://c", "tcp://d", "tcp://new"]);
  assertEquals([...live.endpoints.keys()].sort(), ["a", "c", "d"]);
  assertEquals(live.endpoints.get("c"), { url: "tcp://new" });
});

Deno.test("changed labels do not open a host again", async () => {
  const { feed, opened, live } = liveHosts([host("a")]);
  await using _feed = feed;
  assertEquals(await live.configure([host("a", "tcp://a", { labels: { site: "home" } })]), [
    "changed host a",
  ]);
  assertEquals([opened, feed.reports()[0]?.labels], [["tcp://a"], { site: "home" }]);
});

Deno.test("the same configuration changes nothing", async () => {
  const { feed, live } = liveHosts([host("a")]);
  await using _feed = feed;
  assertEquals(await live.configure([host("a")]), []);
});

Deno.test("a host of the configuration wins over an added one, which returns after it", async () => {
  const { feed, live } = liveHosts([host("a")], [host("b", "tcp://added", { managed: true })]);
  await using _feed = feed;
  await live.configure([host("a"), host("b", "tcp://file")]);
  assertEquals([live.endpoints.get("b")?.url, feed.reports()[1]?.managed], ["tcp://file", false]);
  await live.configure([host("a")]);
  assertEquals([live.endpoints.get("b")?.url, feed.reports()[1]?.managed], ["tcp://added", true]);
});

Deno.test("changes at the same time are made in turn", async () => {
  const { feed, live } = liveHosts([host("a")]);
  await using _feed = feed;
  await Promise.all([
    live.configure([host("a", "tcp://1")]),
    live.configure([host("a", "tcp://2")]),
    live.setAdded([host("b", "tcp://b")]),
  ]);
  assertEquals([feed.hostIds, live.endpoints.get("a")?.url], [["a", "b"], "tcp://2"]);
});
