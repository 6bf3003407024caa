import fc from "fast-check";
import type { RawStats } from "../../server/docker/sample.ts";
import {
  compareReadings,
  hasOtherInterfaces,
  interfaceNames,
  withCounted,
} from "../../server/kernel/agreement.ts";
import { assert, assertEquals } from "../assert.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

/** Numbers of a reading. */
interface Numbers {
  readonly cpu?: number;
  readonly system?: number;
  readonly memory?: number;
  readonly limit?: number;
  readonly rx?: number;
  readonly written?: number;
}

function reading(
  { cpu = 10, system = 100, memory = 5e8, limit = 1e9, rx = 10, written = 10 }: Numbers = {},
): RawStats {
  return {
    read: "2026-01-01T00:00:00Z",
    cpu_stats: { cpu_usage: { total_usage: cpu }, system_cpu_usage: system },
    memory_stats: { usage: memory, limit },
    networks: { eth0: { rx_bytes: rx, tx_bytes: 1 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: "write", value: written }] },
  };
}

function differs(engine: RawStats, before = reading(), after = before): string | undefined {
  const result = compareReadings(before, engine, after, TRAITS);
  return "differs" in result ? result.differs : undefined;
}

Deno.test("agrees when each counter of the engine lies between the kernel's", () => {
  const count = fc.nat({ max: 1e9 }).map((value) => value + 1);
  const counters = fc.record({ cpu: count, system: count, rx: count, written: count });
  fc.assert(fc.property(counters, counters, counters, (start, more, rest) => {
    const add = (one: typeof start, other: typeof start) => ({
      cpu: one.cpu + other.cpu,
      system: one.system + other.system,
      rx: one.rx + other.rx,
      written: one.written + other.written,
    });
    const [before, engine] = [reading(start), reading(add(start, more))];
    const after = reading(add(add(start, more), rest));
    assertEquals(differs(engine, before, after), undefined);
    assert(differs(before, engine, after) !== undefined);
    assert(differs(after, before, engine) !== undefined);
  }));
});

Deno.test("names the number that differs", () => {
  assertEquals(differs(reading({ cpu: 11 })), "cpuTotal");
  assertEquals(differs(reading({ system: 99 })), "systemTotal");
  assertEquals(differs(reading({ written: 9 })), "blockWriteBytes");
  assertEquals(differs(reading({ rx: 11 })), "networkRxBytes");
  assertEquals(differs(reading({ memory: 9e8 })), "memoryBytes");
  assertEquals(differs(reading({ limit: 2e9 })), "memoryLimitBytes");
  assertEquals(differs({ ...reading(), cpu_stats: {} }), "the CPU time");
});

Deno.test("memory may change between the readings", () => {
  assertEquals(differs(reading({ memory: 5.1e8 })), undefined);
});

Deno.test("a number that only one of the two knows differs", () => {
  const { memory_stats: _, ...without } = reading();
  assertEquals(differs(without), "memoryBytes");
  assertEquals(differs(reading(), without), "memoryBytes");
  assertEquals(differs(without, without), undefined);
});

Deno.test("counts the interfaces of the engine only", () => {
  const more = { ...reading(), networks: { ...reading().networks, tun0: { rx_bytes: 5, tx_bytes: 5 } } };
  const result = compareReadings(more, reading(), more, TRAITS);
  assertEquals(result, { interfaces: { all: "eth0 tun0", counted: new Set(["eth0"]) } });
  assertEquals(withCounted(more, new Set(["eth0"])), reading());
  assertEquals(differs(more, reading()), "the network interfaces");
});

Deno.test("a container with the network of its host has no network numbers, like in the engine", () => {
  const { networks: _, ...without } = reading();
  const result = compareReadings(reading(), without, reading(), TRAITS);
  assertEquals(result, { interfaces: { all: "eth0", counted: new Set<string>() } });
  assertEquals("networks" in withCounted(reading(), new Set()), false);
  assertEquals(interfaceNames(without), "");
});

Deno.test("sees a network that was connected, and no interfaces of other containers", () => {
  const interfaces = { all: "eth0", counted: new Set(["eth0"]) };
  const having = (...names: readonly string[]) => ({
    networks: Object.fromEntries(names.map((name) => [name, { rx_bytes: 1, tx_bytes: 1 }])),
  });
  assertEquals(hasOtherInterfaces(having("eth0"), interfaces), false);
  assertEquals(hasOtherInterfaces(having("eth0", "veth1", "docker0", "br-12"), interfaces), false);
  assertEquals(hasOtherInterfaces(having("eth0", "eth1"), interfaces), true);
  assertEquals(hasOtherInterfaces(having(), interfaces), true);
  assertEquals(hasOtherInterfaces(having("eth0"), { all: "", counted: new Set() }), true);
  // A container with the network of its host.
  assertEquals(hasOtherInterfaces(having("ens3", "wg0"), { all: "ens3", counted: new Set() }), false);
});
