import { quietLog } from "../../fakes/quiet_log.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { HostUpdate } from "../../../server/stats/update.ts";
import type { HostObserver } from "../../../server/stats/observer.ts";
import { countListeners } from "../listeners.ts";
import { Watch } from "../watch.ts";

quietLog();

/** Watches a host with the container "web". */
function watchOne(): Watch {
  return new Watch(new FakeEngine(fakeContainer("web"))).subscribe();
}

function notices({ updates }: Watch): unknown[] {
  return updates.filter((update) => update instanceof HostUpdate).map(({ hostId, error }) => [hostId, error]);
}

Deno.test("a viewer receives the containers of a host that is added", async () => {
  await using watch = watchOne();
  watch.feed.hosts.add({ id: "nas", engine: new FakeEngine(fakeContainer("db")) });
  const { hostId, sample } = await eventually("a sample of the new host", () => watch.of("db")[0]);
  assertEquals([hostId, sample?.cpuUsage], ["nas", 50]);
});

Deno.test("a viewer receives the containers of a removed host as removed, and why", async () => {
  await using watch = watchOne();
  watch.feed.hosts.add({ id: "nas", engine: new FakeEngine(fakeContainer("db")) });
  await eventually("a sample of the new host", () => watch.of("db")[0]);
  await watch.feed.hosts.remove("nas");
  await eventually("the removal", () => watch.states("db").at(-1) === "removed");
  await eventually("the notice", () => notices(watch).length > 0);
  assertEquals(notices(watch), [["nas", "the host was removed from the configuration"]]);
  assertEquals(watch.feed.hostIds, ["Localhost"]);
});

Deno.test("a host is read without a gap while others are added and removed", async () => {
  await using watch = watchOne();
  await eventually("a sample", () => watch.of("web").length > 0);
  const { connect } = watch.engine.calls;
  const { hosts } = watch.feed;
  for (let turn = 0; turn < 5; turn++) {
    hosts.add({ id: "nas", engine: new FakeEngine(fakeContainer("db")) });
    const before = watch.of("web").length;
    await eventually("the next sample", () => watch.of("web").length > before);
    await hosts.remove("nas");
  }
  assertEquals([watch.engine.calls.connect, notices(watch).flat().includes("Localhost")], [connect, false]);
  assert(watch.of("web").every(({ stale }) => !stale));
});

Deno.test("the containers of a removed host are not recorded as removed, but its end is", async () => {
  await using watch = watchOne();
  const seen: string[] = [];
  const note = (hostId: string, state: string) => void seen.push(`${hostId} ${state}`);
  const observer: HostObserver = {
    event: () => {},
    changed: (hostId, { state }) => note(hostId, state),
    up: (hostId) => note(hostId, "up"),
    down: (hostId) => note(hostId, "down"),
    removed: (hostId) => note(hostId, "gone"),
  };
  watch.feed.observe(observer);
  await eventually("the host", () => seen.includes("Localhost up"));
  await watch.feed.hosts.remove("Localhost");
  assertEquals(seen.filter((entry) => /removed|down/.test(entry)), []);
  assertEquals(seen.at(-1), "Localhost gone");
});

Deno.test("a replaced host that was silent is reported as silent no longer", async () => {
  await using watch = new Watch(new FakeEngine());
  const gone = new FakeEngine();
  gone.failure = "connect ECONNREFUSED";
  watch.feed.hosts.add({ id: "nas", engine: gone });
  watch.subscribe();
  await eventually("the outage", () => watch.feed.reports()[1]?.state === "down");
  await watch.feed.hosts.remove("nas", true);
  watch.feed.hosts.add({ id: "nas", engine: new FakeEngine(fakeContainer("db")) });
  await eventually("the new host", () => watch.of("db").length > 0);
  assertEquals(notices(watch).at(-1), ["nas", null]);
});

Deno.test("new labels and another order change no connection", async () => {
  await using watch = watchOne();
  const { hosts } = watch.feed;
  hosts.add({ id: "nas", engine: new FakeEngine() });
  await eventually("both hosts", () => watch.feed.reports().every(({ state }) => state === "up"));
  hosts.describe("nas", { labels: { site: "home" }, publicName: "nas.lan", managed: true });
  hosts.arrange(["nas", "Localhost"]);
  const [first] = watch.feed.reports();
  assertEquals(
    [first?.hostId, first?.labels, first?.publicName, first?.managed, watch.engine.calls.connect],
    ["nas", { site: "home" }, "nas.lan", true, 1],
  );
});

Deno.test("a removed host leaves no listener with the viewers that stay", async () => {
  await using watch = watchOne();
  const leave = new AbortController();
  const listeners = countListeners(leave.signal);
  watch.feed.subscribe({ intervalMs: 1000 }, leave.signal);
  watch.feed.usages.subscribe({ intervalMs: 1000 }, leave.signal);
  const before = listeners();
  watch.feed.hosts.add({ id: "nas", engine: new FakeEngine() });
  assert(listeners() > before);
  await watch.feed.hosts.remove("nas");
  assertEquals(listeners(), before);
  leave.abort();
});
