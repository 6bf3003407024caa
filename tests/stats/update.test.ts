import type { DetailedStatsMessage } from "../../server/protocol/stats.ts";
import type { Sample } from "../../server/docker/sample.ts";
import { type ContainerFacts, ContainerUpdate, HostUpdate } from "../../server/stats/update.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";

const SAMPLE: Sample = {
  ...{ read: "2026-08-01T12:00:00Z", readMs: 1, cpuTotal: 1, systemTotal: 1, onlineCpus: 2, cpuFull: 200 },
  ...{ memoryBytes: 1024, memoryLimitBytes: 4096, networkRxBytes: 1, networkTxBytes: 2 },
  ...{ blockReadBytes: 3, blockWriteBytes: 4, pids: 5, cpuUsage: 150.5, memoryUsage: 25 },
  ...{ networkRxRate: null, networkTxRate: null, blockReadRate: null, blockWriteRate: null },
};

function update(changes: Partial<ContainerFacts> = {}): ContainerUpdate {
  const container = fakeContainer("web", {
    ...{ project: "shop", service: "web", health: "healthy", cpuLimit: 0.5, memoryLimited: true },
    ...{ restartCount: 2, networkOf: idOf("vpn"), startedAt: Date.UTC(2026, 7, 1, 10) },
    finishedAt: Date.UTC(2026, 7, 1, 9),
  });
  const rest = { hostId: "nas", status: "Up 2 hours", sample: SAMPLE, stale: false, changed: false };
  return new ContainerUpdate({ container, ...rest, ...changes });
}

const PLAIN = {
  ...{ id: idOf("web"), hostId: "nas", name: "web", image: "busybox:1" },
  ...{ status: "Up 2 hours", state: "running", cpuUsage: 150.5, memoryUsage: 25 },
};

Deno.test("the plain shape has exactly the documented keys, in their order", () => {
  assertEquals(update().json(false), JSON.stringify(PLAIN));
});

Deno.test("the detailed shape adds the counters, the health and the project", () => {
  assertEquals(JSON.parse(update().json(true)), {
    ...PLAIN,
    ...{ timestamp: SAMPLE.read, onlineCpus: 2, memoryBytes: 1024, memoryLimitBytes: 4096 },
    ...{ networkRxBytes: 1, networkTxBytes: 2, blockReadBytes: 3, blockWriteBytes: 4, pids: 5 },
    ...{ health: "healthy", project: "shop", service: "web", stale: false },
    ...{ cpuLimit: 0.5, memoryLimited: true, restartCount: 2, exitCode: null, oomKilled: false },
    ...{ startedAt: "2026-08-01T10:00:00.000Z", finishedAt: "2026-08-01T09:00:00.000Z" },
    networkOf: idOf("vpn"),
    hidden: false,
  });
});

Deno.test("the detailed shape reports a hidden container, the plain one does not", () => {
  const shown = update({ container: fakeContainer("web", { hidden: true }) });
  assertEquals([JSON.parse(shown.json(true)).hidden, JSON.parse(shown.json(false)).hidden], [
    true,
    undefined,
  ]);
});

const ENDED = { state: "exited", exitCode: 137, finishedAt: Date.UTC(2026, 7, 1) } as const;

for (
  const [text, changes, expected] of [
    ["that was killed for lack of memory", { ...ENDED, outOfMemory: true }, [137, true]],
    ["that was stopped", ENDED, [137, false]],
    ["that has restarted", { ...ENDED, state: "running" }, [null, false]],
    ["that is about to restart", { ...ENDED, state: "restarting", exitCode: 3 }, [3, false]],
    ["that was never started", { state: "created", startedAt: null }, [null, false]],
    ["that was never inspected", { ...ENDED, finishedAt: null, inspected: false }, [137, null]],
  ] as const
) {
  Deno.test(`a container ${text} has the exit code ${expected[0]} and oomKilled ${expected[1]}`, () => {
    const shown = update({ container: fakeContainer("web", changes), sample: undefined });
    const { exitCode, oomKilled } = shown.message(true) as DetailedStatsMessage;
    assertEquals<unknown>([exitCode, oomKilled], expected);
  });
}

Deno.test("a container that does not run has zeros in the plain shape and null in the detailed one", () => {
  const stopped = update({ container: fakeContainer("web", { state: "exited" }), sample: undefined });
  const { cpuUsage, memoryUsage } = JSON.parse(stopped.json(false));
  assertEquals([cpuUsage, memoryUsage], [0, 0]);
  const { timestamp, memoryBytes, pids, onlineCpus } = JSON.parse(stopped.json(true));
  assertEquals([timestamp, memoryBytes, pids, onlineCpus], [null, null, null, null]);
});

Deno.test("a paused container keeps its memory and uses no CPU", () => {
  const { cpuUsage, memoryUsage } = JSON.parse(
    update({ container: fakeContainer("web", { state: "paused" }) }).json(false),
  );
  assertEquals([cpuUsage, memoryUsage], [0, 25]);
});

Deno.test("the JSON of each shape is that of its message", () => {
  const shared = update();
  assertEquals(shared.message(false), JSON.parse(shared.json(false)));
  assertEquals(shared.message(true), JSON.parse(shared.json(true)));
});

Deno.test("containers of two hosts with one id have different keys", () => {
  assertEquals(update().key === update({ hostId: "vps" }).key, false);
});

Deno.test("an update of a host has its error, or null when the host can be read", () => {
  assertEquals(new HostUpdate("nas", "refused").json(), '{"hostId":"nas","error":"refused"}');
  assertEquals(new HostUpdate("nas", null).json(), '{"hostId":"nas","error":null}');
});

Deno.test("the key of a host is not the key of one of its containers", () => {
  assertEquals(new HostUpdate("nas", null).key.startsWith("nas/"), false);
});

Deno.test("a running container whose numbers cannot be read has zeros in the plain shape and null in the detailed one", () => {
  const unread = update({ sample: undefined, stale: true });
  const { cpuUsage, memoryUsage, state } = unread.message(false);
  assertEquals([cpuUsage, memoryUsage, state], [0, 0, "running"]);
  const detailed = unread.message(true) as DetailedStatsMessage;
  assertEquals([detailed.cpuUsage, detailed.memoryUsage, detailed.memoryBytes], [null, null, null]);
  assertEquals([detailed.timestamp, detailed.stale, detailed.state], [null, true, "running"]);
});
