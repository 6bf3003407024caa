import type { HostObserver } from "../../server/stats/observer.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { Watch } from "./watch.ts";

/** An observer that records its calls in short. */
class Recorded implements HostObserver {
  readonly calls: string[] = [];

  event(hostId: string, { action }: { readonly action: string }): void {
    this.calls.push(`${hostId} event ${action}`);
  }

  changed(hostId: string, { name, state }: { readonly name: string; readonly state: string }): void {
    this.calls.push(`${hostId} ${name} ${state}`);
  }

  up(hostId: string, containers: readonly unknown[], clockOffsetMs: number): void {
    this.calls.push(`${hostId} up ${containers.length} ${clockOffsetMs}`);
  }

  down(hostId: string, error: string): void {
    this.calls.push(`${hostId} down ${error}`);
  }

  removed(hostId: string): void {
    this.calls.push(`${hostId} gone`);
  }
}

async function up(watch: Watch): Promise<void> {
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
}

Deno.test("an observer that comes late receives the present state first", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.clockOffsetMs = 50;
  await using watch = new Watch(engine);
  await up(watch);
  const observer = new Recorded();
  watch.feed.observe(observer);
  assertEquals(observer.calls, ["Localhost up 1 50"]);
});

Deno.test("an observer receives events before the changes that they cause, and the removal", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine);
  await up(watch);
  const observer = new Recorded();
  watch.feed.observe(observer);
  engine.put(fakeContainer("web", { state: "paused" }), "pause");
  await eventually("the change", () => observer.calls.includes("Localhost web paused"));
  engine.destroy("web");
  await eventually("the removal", () => observer.calls.includes("Localhost web removed"));
  assertEquals(observer.calls.slice(1), [
    "Localhost event pause",
    "Localhost web paused",
    "Localhost event destroy",
    "Localhost web removed",
  ]);
});

Deno.test("an observer receives each outage once, and nothing once it is removed", async () => {
  const engine = new FakeEngine();
  await using watch = new Watch(engine);
  await up(watch);
  const observer = new Recorded();
  const observing = watch.feed.observe(observer);
  engine.goDown("connect ECONNREFUSED");
  await eventually("retries", () => engine.calls.connect > 3);
  engine.recover();
  await eventually("the return", () => observer.calls.filter((call) => call.includes("up")).length === 2);
  assertEquals(observer.calls.filter((call) => call.includes("down")).length, 1);
  observing[Symbol.dispose]();
  const before = observer.calls.length;
  engine.emit(idOf("web"), "pause");
  engine.goDown("again");
  await eventually("the outage", () => watch.feed.reports()[0]?.state === "down");
  assertEquals(observer.calls.length, before);
});

Deno.test("an observer learns of a host that is removed, but not of one that is replaced", async () => {
  await using watch = new Watch(new FakeEngine());
  await up(watch);
  const observer = new Recorded();
  watch.feed.observe(observer);
  await watch.feed.hosts.remove("Localhost", true);
  assertEquals(observer.calls, ["Localhost up 0 0"]);
  watch.feed.hosts.add({ id: "nas", engine: new FakeEngine() });
  await watch.feed.hosts.remove("nas");
  assertEquals(observer.calls.at(-1), "nas gone");
});
