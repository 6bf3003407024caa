import { checkLimits, limitsOf, restartPolicyOf, toUpdate } from "../../server/containers/limits.ts";
import { AppError } from "../../server/errors.ts";
import type { LimitChange } from "../../server/protocol/containers.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const MIB = 1 << 20;
const HOST = { cpus: 4, memoryBytes: 8192 * MIB };

/** Each case: what it is about, the change, the container's `HostConfig`, the body of the request. */
const UPDATES: readonly (readonly [string, LimitChange, object, object])[] = [
  ["cores", { cpus: 1.5 }, {}, { NanoCpus: 1.5e9 }],
  ["cores beside a quota", { cpus: 1.5 }, { CpuQuota: 50_000 }, { CpuPeriod: 100_000, CpuQuota: 150_000 }],
  ["cores beside a period", { cpus: 0.5 }, { CpuPeriod: 20_000 }, { CpuPeriod: 20_000, CpuQuota: 10_000 }],
  ["no limit of cores", { cpus: null }, { NanoCpus: 5e8 }, { NanoCpus: 4e9 }],
  ["no quota", { cpus: null }, { CpuQuota: 50_000 }, { CpuPeriod: 100_000, CpuQuota: -1 }],
  ["no limit of cores where there is no limit", { cpus: null }, {}, {}],
  [
    "memory, with the same swap",
    { memoryBytes: 32 * MIB },
    { Memory: 64 * MIB, MemorySwap: 96 * MIB },
    { Memory: 32 * MIB, MemorySwap: 64 * MIB },
  ],
  [
    "memory without swap",
    { memoryBytes: 96 * MIB },
    { Memory: 64 * MIB, MemorySwap: 64 * MIB },
    { Memory: 96 * MIB, MemorySwap: 96 * MIB },
  ],
  [
    "memory with all of the swap",
    { memoryBytes: 96 * MIB },
    { Memory: 64 * MIB, MemorySwap: -1 },
    { Memory: 96 * MIB, MemorySwap: -1 },
  ],
  ["the first limit of memory", { memoryBytes: 96 * MIB }, {}, { Memory: 96 * MIB, MemorySwap: -1 }],
  [
    "no limit of memory",
    { memoryBytes: null },
    { Memory: 64 * MIB, MemorySwap: 96 * MIB },
    { Memory: 8192 * MIB, MemorySwap: 8224 * MIB },
  ],
  ["no limit of memory where there is no limit", { memoryBytes: null }, {}, {}],
  ["a restart policy", { restartPolicy: "always" }, {}, {
    RestartPolicy: { Name: "always", MaximumRetryCount: 0 },
  }],
  ["a number of restarts", { restartPolicy: "on-failure:5" }, {}, {
    RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 },
  }],
  ["no restart policy", { restartPolicy: null }, {}, { RestartPolicy: { Name: "no", MaximumRetryCount: 0 } }],
];

for (const [what, change, hostConfig, body] of UPDATES) {
  Deno.test(`requests ${what}`, () => {
    assertEquals(toUpdate(change, { HostConfig: hostConfig }, HOST), body);
  });
}

Deno.test("changes only what is known when the engine's answer has other types", () => {
  const odd = { HostConfig: { NanoCpus: "1", Memory: [], MemorySwap: {}, CpuQuota: null } };
  assertEquals(toUpdate({ cpus: null, memoryBytes: null }, odd, HOST), {});
  assertEquals(toUpdate({ cpus: 1, memoryBytes: 64 * MIB }, "gone", HOST), {
    NanoCpus: 1e9,
    Memory: 64 * MIB,
    MemorySwap: -1,
  });
});

Deno.test("refuses more cores than the host has, and a change of nothing", () => {
  const error = assertThrows(() => checkLimits({ cpus: 5 }, "nas", HOST), AppError, "at most 4");
  assertEquals([error.code, error.issues[0]?.path], ["invalid", "cpus"]);
  assertThrows(() => checkLimits({}, "nas", HOST), AppError, "found no limit");
  checkLimits({ cpus: 4 }, "nas", HOST);
  checkLimits({ cpus: 64 }, "nas", { cpus: null, memoryBytes: null });
  checkLimits({ cpus: null }, "nas", HOST);
});

Deno.test("reads the limits of a container", () => {
  const raw = {
    NanoCpus: 5e8,
    Memory: 64 * MIB,
    MemorySwap: 96 * MIB,
    MemoryReservation: MIB,
    PidsLimit: 10,
  };
  assertEquals(limitsOf(raw, HOST), {
    cpus: 0.5,
    memoryBytes: 64 * MIB,
    memorySwapBytes: 96 * MIB,
    memoryReservationBytes: MIB,
    pids: 10,
  });
  assertEquals(limitsOf({ CpuQuota: 50_000, CpuPeriod: 25_000 }, HOST).cpus, 2);
});

const NONE = {
  cpus: null,
  memoryBytes: null,
  memorySwapBytes: null,
  memoryReservationBytes: null,
  pids: null,
};

Deno.test("a limit that the host cannot exceed is not a limit", () => {
  const removed = toUpdate({ cpus: null, memoryBytes: null }, {
    HostConfig: { NanoCpus: 5e8, Memory: 64 * MIB, MemorySwap: -1 },
  }, HOST);
  assertEquals(limitsOf(removed, HOST), NONE);
});

for (const value of [undefined, null, 0, -1, NaN, "1", [], {}, true]) {
  Deno.test(`a limit of ${JSON.stringify(value)} is not a limit`, () => {
    const names = [
      "NanoCpus",
      "CpuQuota",
      "CpuPeriod",
      "Memory",
      "MemorySwap",
      "MemoryReservation",
      "PidsLimit",
    ];
    assertEquals(limitsOf(Object.fromEntries(names.map((name) => [name, value])), HOST), NONE);
  });
}

Deno.test("reads the restart policy, also in its old spelling", () => {
  const policy = (RestartPolicy: unknown) => restartPolicyOf({ RestartPolicy });
  assertEquals(policy({ Name: "on-failure", MaximumRetryCount: 3 }), {
    name: "on-failure",
    maximumRetryCount: 3,
  });
  assertEquals(policy({ Name: "", MaximumRetryCount: 0 }).name, "no");
  assertEquals(policy(7), { name: null, maximumRetryCount: null });
});
