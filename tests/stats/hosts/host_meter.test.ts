import type { EngineInfo, MachineAndDisk } from "../../../server/docker/engine.ts";
import { HostMeter } from "../../../server/stats/hosts/host_meter.ts";
import { assertEquals } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";

const SIGNAL = new AbortController().signal;
const INFO: EngineInfo = {
  ...{ product: "Fake", apiVersion: "1.51", os: "linux", cpus: 2, memoryBytes: 1024, bursts: true },
  ...{ clockOffsetMs: 0, cpuClock: "system" },
};

/** A machine whose CPU time a test sets. */
class Machine {
  readings = 0;
  busy = 100;
  total = 1000;
  isReadable = true;

  readonly meter = new HostMeter({
    info: () => INFO,
    read: () => Promise.resolve(this.isReadable ? this.#read() : undefined),
    warmUpMs: 0,
  });

  /** Advances the CPU time. */
  run(busy: number, total: number): void {
    this.busy += busy;
    this.total += total;
  }

  async usage(longestSpanMs = 10_000): Promise<number | null | undefined> {
    return (await this.meter.measure(longestSpanMs, SIGNAL))?.usage.hostCpuUsage;
  }

  #read(): MachineAndDisk {
    this.readings++;
    this.run(10, 20);
    const cpu = { busy: this.busy, total: this.total, cpus: 2 };
    const memory = { memoryBytes: 5, memoryTotalBytes: 10 };
    const machine = { atMs: 0, cpu, ...memory, load: null, networkRxBytes: 1, networkTxBytes: 2 };
    return { machine, disk: undefined };
  }
}

Deno.test("takes two readings at first, since the use of the CPU is never an average since boot", async () => {
  const machine = new Machine();
  assertEquals(await machine.usage(), 100);
  assertEquals(machine.readings, 2);
});

Deno.test("compares with the last reading afterwards, and shares measurements that are close to each other", async () => {
  using clock = fakeClock();
  const machine = new Machine();
  machine.meter.measure(10_000, SIGNAL);
  await clock.tickAsync(1);
  assertEquals(await machine.usage(), 100);
  assertEquals(machine.readings, 2);
  await clock.tickAsync(1000);
  machine.run(20, 180);
  assertEquals(await machine.usage(), 30);
  assertEquals(machine.readings, 3);
});

Deno.test("does not compare with a reading that is too old", async () => {
  using clock = fakeClock();
  const machine = new Machine();
  machine.meter.measure(10_000, SIGNAL);
  await clock.tickAsync(1);
  await clock.tickAsync(20_000);
  machine.run(0, 1_000_000);
  const usage = machine.usage();
  await clock.tickAsync(1);
  assertEquals([await usage, machine.readings], [100, 4]);
});

Deno.test("describes the host by its engine where the machine cannot be read", async () => {
  const machine = new Machine();
  machine.isReadable = false;
  const measured = await machine.meter.measure(10_000, SIGNAL);
  assertEquals([measured?.usage.onlineCpus, measured?.usage.hostCpuUsage], [2, null]);
});

Deno.test("measures the machine as soon as it can be read", async () => {
  const machine = new Machine();
  machine.isReadable = false;
  assertEquals(await machine.usage(), null);
  machine.isReadable = true;
  assertEquals(await machine.usage(), 100);
});

Deno.test("measures nothing after the abort, and forgets everything with the connection", async () => {
  const machine = new Machine();
  assertEquals(await machine.meter.measure(10_000, AbortSignal.abort()), undefined);
  await machine.usage();
  machine.meter.reset();
  assertEquals(machine.meter.newest, undefined);
});
