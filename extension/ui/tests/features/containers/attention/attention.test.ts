import { attentionOf, type Surveyed } from "../../../../src/features/containers/attention/attention.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import type { HostUsage } from "../../../../src/features/containers/model/host_usage.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, host, message } from "../../../fakes/messages.ts";
import { usage } from "../../../fakes/host_usage.ts";

const NOW = Date.parse(at(600));

function rows(...all: object[]): readonly ContainerRow[] {
  return all.map((changes, index) =>
    new ContainerRow({ ...message({ id: `${index}`.padEnd(64, "a") }), ...changes })
  );
}

function items(surveyed: Partial<Surveyed>) {
  const nothing = { rows: [], hosts: [], usage: new Map<string, HostUsage>(), unhealthySince: new Map() };
  return attentionOf({ ...nothing, ...surveyed }, NOW)
    .map(({ name, problem, detail }) => `${name} ${problem}: ${detail}`);
}

Deno.test("nothing needs attention while all is well", () => {
  assertEquals(items({ rows: rows({}), hosts: [host()], usage: new Map([["Localhost", usage()]]) }), []);
});

Deno.test("a crash loop has its restarts, the last exit code and its time", () => {
  const life = { restartCount: 14, exitCode: 3, finishedAt: at(580) };
  assertEquals(items({ rows: rows({ state: "restarting", ...life }) }), [
    "web keeps restarting: 14 restarts · last exit 3 · 20 s ago",
  ]);
});

Deno.test("an older server names exit code and time in the status text", () => {
  assertEquals(items({ rows: rows({ state: "exited", status: "Exited (1) 3 weeks ago" }) }), [
    "web failed: exit 1 · 3 weeks ago",
  ]);
});

Deno.test("a lack of memory is named, with the exit code", () => {
  const killed = { oomKilled: true, exitCode: 137, finishedAt: at(540) };
  assertEquals(items({ rows: rows({ state: "exited", ...killed }, { name: "db", oomKilled: true }) }), [
    "web out of memory: exit 137 · 1 min ago",
    "db out of memory: a process was killed",
  ]);
});

Deno.test("an unhealthy container has the time of the change, or else its uptime", () => {
  const [one, other] = rows({ health: "unhealthy" }, {
    name: "db",
    health: "unhealthy",
    status: "Up 3 days (unhealthy)",
  });
  const [, db] = items({ rows: [one!, other!] });
  const since = items({ rows: [one!], unhealthySince: new Map([[one!.key, Date.parse(at(480))]]) });
  assertEquals([db ?? "", since[0]?.replace(/[\d:-]+ ?[\d:]*,/, "T,")], [
    "web unhealthy: up 2 hours",
    "web unhealthy: since T, 2 min",
  ]);
});

Deno.test("a silent host comes first, and its containers are unknown", () => {
  const down = host({ hostId: "nas", state: "down", error: "connection refused", since: at(0) });
  const found = items({
    rows: rows({ state: "exited", exitCode: 1 }, { hostId: "nas", health: "unhealthy", stale: true }),
    hosts: [down],
  });
  assertEquals(found.map((text) => text.split(":")[0]), ["nas not reachable", "web failed"]);
});

Deno.test("a disk needs attention from 90 % on", () => {
  const disk = (diskUsedBytes: number) =>
    new Map([["nas", usage({ hostId: "nas", diskUsedBytes, diskTotalBytes: 1000 })]]);
  assertEquals(items({ usage: disk(899) }), []);
  assertEquals(items({ usage: disk(912) }), ["nas disk 91 % full: 88 B of 0.98 KiB left"]);
});

Deno.test("the worst and the newest come first", () => {
  const exited = (name: string, seconds: number) => ({
    name,
    state: "exited",
    exitCode: 1,
    finishedAt: at(seconds),
  });
  const all = rows({ name: "sick", health: "unhealthy" }, exited("old", 1), exited("new", 500), {
    name: "loop",
    state: "restarting",
  });
  assertEquals(items({ rows: all }).map((text) => text.split(" ")[0]), ["loop", "new", "old", "sick"]);
});
