import { cpuPercent, parseTime, type RawStats, toCounters, toSample } from "../../server/docker/sample.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

const LINUX = { cpus: 2, os: "linux", cpuClock: "system" } as const;
const AT = Date.parse("2026-08-01T12:00:00Z");

interface Reading {
  readonly total: number;
  readonly system?: number;
  readonly online?: number;
  readonly percpu?: number;
  readonly seconds?: number;
}

function raw({ total, system, online, percpu, seconds = 0 }: Reading, rest: RawStats = {}): RawStats {
  const percpu_usage = percpu === undefined ? {} : { percpu_usage: Array<number>(percpu).fill(1) };
  return {
    read: new Date(AT + seconds * 1000).toISOString(),
    cpu_stats: {
      cpu_usage: { total_usage: total, ...percpu_usage },
      ...(system === undefined ? {} : { system_cpu_usage: system }),
      ...(online === undefined ? {} : { online_cpus: online }),
    },
    ...rest,
  };
}

function cpu(
  before: Reading,
  after: Reading,
  traits: Parameters<typeof toCounters>[1] = LINUX,
  rest?: RawStats,
) {
  const [one, other] = [raw(before, rest), raw({ seconds: 1, ...after }, rest)].map((r) =>
    toCounters(r, traits)
  );
  assert(one !== undefined && other !== undefined);
  return cpuPercent(one, other);
}

const CPU_VECTORS: readonly (readonly [string, Reading, Reading, number])[] = [
  [
    "one core of four",
    { total: 10e9, system: 400e9, online: 4 },
    { total: 11e9, system: 404e9, online: 4 },
    100,
  ],
  [
    "a real reading",
    { total: 18702324497183, system: 67684067e9, online: 8 },
    { total: 18702340106497, system: 67684074.96e9, online: 8 },
    1.568775,
  ],
  [
    "the length of percpu_usage where online_cpus is missing",
    { total: 18702324497183, system: 67684067e9, percpu: 8 },
    { total: 18702340106497, system: 67684074.96e9, percpu: 8 },
    1.568775,
  ],
  [
    "NCPU of the engine where both are missing",
    { total: 0, system: 10e9 },
    { total: 1e9, system: 12e9 },
    100,
  ],
  ["counters that went down", { total: 50e9, system: 400e9, online: 4 }, {
    total: 1e6,
    system: 404e9,
    online: 4,
  }, 0],
  ["a host whose clock did not advance", { total: 1e9, system: 4e9, online: 4 }, {
    total: 2e9,
    system: 4e9,
    online: 4,
  }, 0],
  [
    "no more than all cores",
    { total: 1e9, system: 4e9, online: 2 },
    { total: 9e15, system: 5e9, online: 2 },
    200,
  ],
];

for (const [what, before, after, expected] of CPU_VECTORS) {
  Deno.test(`CPU % of ${what}`, () => assertAlmostEquals(cpu(before, after), expected, 1e-6));
}

Deno.test("CPU % of a Windows engine is relative to all processors, as in the CLI", () => {
  const rest = { os_type: "windows", num_procs: 4 };
  assertAlmostEquals(cpu({ total: 1 }, { total: 1 + 5_000_000 }, LINUX, rest), 12.5, 1e-6);
});

Deno.test("CPU % of Podman is relative to the wall clock", () => {
  const podman = { ...LINUX, cpuClock: "clock" } as const;
  assertAlmostEquals(cpu({ total: 1e9, system: 7 }, { total: 1.5e9, system: 8 }, podman), 50, 1e-3);
});

const MEMORY_VECTORS: readonly (readonly [string, RawStats["memory_stats"], number | null, number])[] = [
  ["cgroup v1", { usage: 500, limit: 1000, stats: { total_inactive_file: 400, inactive_file: 7 } }, 100, 10],
  ["cgroup v2", { usage: 100, limit: 1000, stats: { inactive_file: 2 } }, 98, 9.8],
  ["no statistics of the cache", { usage: 70, limit: 100 }, 70, 70],
  [
    "a cache larger than the usage",
    { usage: 70, limit: 100, stats: { total_inactive_file: 80, inactive_file: 90 } },
    70,
    70,
  ],
  ["no limit", { usage: 70, limit: 0 }, 70, 0],
  ["no memory controller", {}, null, 0],
];

for (const [what, memory_stats, bytes, percent] of MEMORY_VECTORS) {
  Deno.test(`memory with ${what}`, () => {
    const rest = memory_stats === undefined ? {} : { memory_stats };
    const [one, other] = [
      toCounters(raw({ total: 0, system: 1 }, rest), LINUX),
      toCounters(raw({ total: 1, system: 2, seconds: 1 }, rest), LINUX),
    ];
    const sample = toSample(one!, other!);
    assertEquals(sample?.memoryBytes, bytes);
    assertAlmostEquals(sample?.memoryUsage ?? NaN, percent, 1e-9);
  });
}

Deno.test("memory of Windows is the private working set, without a limit", () => {
  const stats = raw({ total: 1 }, { os_type: "windows", memory_stats: { privateworkingset: 42 } });
  const counters = toCounters(stats, LINUX);
  assertEquals([counters?.memoryBytes, counters?.memoryLimitBytes], [42, null]);
});

Deno.test("sums network and block I/O, by the first letter of op in any case", () => {
  const counters = toCounters(
    raw({ total: 1, system: 1 }, {
      networks: { eth0: { rx_bytes: 1, tx_bytes: 10 }, eth1: { rx_bytes: 2, tx_bytes: 20 } },
      blkio_stats: {
        io_service_bytes_recursive: [{ op: "Read", value: 3 }, { op: "read", value: 4 }, {
          op: "Write",
          value: 5,
        }, {
          op: "Total",
          value: 99,
        }],
      },
    }),
    LINUX,
  );
  assertEquals(
    [counters?.networkRxBytes, counters?.networkTxBytes, counters?.blockReadBytes, counters?.blockWriteBytes],
    [3, 30, 7, 5],
  );
});

Deno.test("values that the engine omits are null, never zero", () => {
  const counters = toCounters(raw({ total: 1, system: 1 }), LINUX);
  assertEquals(
    [counters?.networkRxBytes, counters?.blockReadBytes, counters?.memoryBytes, counters?.pids],
    [null, null, null, null],
  );
});

Deno.test("treats a null list of block operations as empty", () => {
  const counters = toCounters(
    raw({ total: 1, system: 1 }, { blkio_stats: { io_service_bytes_recursive: null } }),
    LINUX,
  );
  assertEquals(counters?.blockReadBytes, 0);
});

const NO_DATA: readonly (readonly [string, RawStats])[] = [
  ["a stopped container", { ...raw({ total: 0, system: 0 }), read: "0001-01-01T00:00:00Z" }],
  ["an engine error while streaming", raw({ total: 0, system: 0 })],
  ["an empty answer", {}],
  ["an invalid read time", { ...raw({ total: 1, system: 1 }), read: "soon" }],
];

for (const [what, stats] of NO_DATA) {
  Deno.test(`reads no counters from ${what}`, () => assertEquals(toCounters(stats, LINUX), undefined));
}

Deno.test("makes no sample of readings out of order or of the same time", () => {
  const [one, other] = [0, 1].map((seconds) =>
    toCounters(raw({ total: 1e9 + seconds, system: 1, seconds }), LINUX)!
  );
  assertEquals(toSample(other!, one!), undefined);
  assertEquals(toSample(one!, one!), undefined);
});

Deno.test("makes no sample when a counter went down", () => {
  const before = toCounters(raw({ total: 50e9, system: 400e9 }), LINUX)!;
  const after = toCounters(raw({ total: 1e6, system: 404e9, seconds: 1 }), LINUX)!;
  assertEquals(toSample(before, after), undefined);
});

Deno.test("computes rates from the engine's own read times", () => {
  const at = (seconds: number, rx_bytes: number) =>
    toCounters(raw({ total: 1, system: 1 + seconds, seconds }, { networks: { eth0: { rx_bytes } } }), LINUX)!;
  assertEquals(toSample(at(0, 1000), at(4, 3000))?.networkRxRate, 500);
});

Deno.test("read times keep fractions of a millisecond", () => {
  assertAlmostEquals(parseTime("2026-08-01T12:00:00.123456789Z")! - AT, 123.456789, 1e-3);
  assertEquals(parseTime("0001-01-01T00:00:00Z"), undefined);
});
