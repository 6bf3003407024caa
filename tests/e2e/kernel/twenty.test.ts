/** Twenty containers of every kind: the kernel, the engine and the kernel again. */
import { openEngine } from "../../../server/docker/docker_engine.ts";
import type { Engine } from "../../../server/docker/engine.ts";
import { type Counters, cpuPercent, type RawStats, toCounters } from "../../../server/docker/sample.ts";
import { withCounted } from "../../../server/kernel/agreement.ts";
import { FileReader } from "../../../server/kernel/file_reader.ts";
import type { KernelTarget } from "../../../server/kernel/kernel_reader.ts";
import { assert, assertEquals, assertLessOrEqual, eventually } from "../../assert.ts";
import { startContainer } from "../engines.ts";
import { can, engine, MOUNTS, pidOf } from "./machine.ts";

const KINDS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  limits: ["--memory=64m", "--pids-limit=50"],
  host: ["--network=host"],
  none: ["--network=none"],
  shared: ["--network=container:dockstat-twenty-plain-0"],
  parent: ["--cgroup-parent=/dockstat-twenty"],
};
/** A share that another load of the machine does not change. */
const BUSY = { options: ["--cpus=0.1"], command: ["sh", "-c", "while :; do :; done"] };
const COUNT = 20;
/** Time over which the use of the CPU is compared, ms. */
const SPAN_MS = 10_000;
const GROWING = [
  "cpuTotal",
  "networkRxBytes",
  "networkTxBytes",
  "blockReadBytes",
  "blockWriteBytes",
] as const;
const STEADY = ["memoryBytes", "memoryLimitBytes", "pids", "cpuTotal"] as const;

interface Member extends KernelTarget {
  readonly label: string;
  readonly isBusy: boolean;
}

/** Readings of one container: kernel, engine, kernel. */
type Turn = readonly [before: Counters, engine: Counters, after: Counters];

/** Starts the containers, a quarter of which are busy. */
async function start(stack: AsyncDisposableStack): Promise<readonly Member[]> {
  const members: Member[] = [];
  for (let index = 0; index < COUNT; index++) {
    const [kind, options] = Object.entries(KINDS)[index % 6]!;
    const isBusy = index % 4 === 1;
    const name = `dockstat-twenty-${kind}-${index}`;
    const all = [...options, ...isBusy ? BUSY.options : []];
    const { id } = stack.use(await startContainer(engine, name, all, isBusy ? BUSY.command : undefined));
    members.push({ id, pid: await pidOf(id), label: name, isBusy });
  }
  return members;
}

async function readTurn(members: readonly Member[], reader: FileReader, connection: Engine): Promise<Turn[]> {
  const info = await connection.connect(AbortSignal.timeout(60_000));
  const kernel = async () => {
    const readings = await reader.read({ targets: members, memoryBytes: info.memoryBytes });
    return readings.map((reading) => {
      assert("raw" in reading, JSON.stringify(reading));
      return reading.raw;
    });
  };
  const before = await kernel();
  const asked = members.map(({ id }) => connection.stats(id, AbortSignal.timeout(60_000)));
  const answers: RawStats[] = (await Promise.all(asked)).map((answer) => answer ?? {});
  const after = await kernel();
  return answers.map((answer, index) => {
    const counted = new Set(Object.keys(answer.networks ?? {}));
    const all = [withCounted(before[index]!, counted), answer, withCounted(after[index]!, counted)];
    return all.map((raw) => toCounters(raw, info)!) as unknown as Turn;
  });
}

/** Returns the bounds of the engine's use of the CPU: each time it has read between two readings of the kernel. */
function cpuBounds([before, , after]: Turn, [laterBefore, , laterAfter]: Turn): readonly [number, number] {
  const clockOf = ({ systemTotal, readMs }: Counters) => ({ systemTotal, readMs });
  return [
    cpuPercent({ ...after, ...clockOf(before) }, { ...laterBefore, ...clockOf(laterAfter) }),
    cpuPercent({ ...before, ...clockOf(after) }, { ...laterAfter, ...clockOf(laterBefore) }),
  ];
}

function isEqual([before, middle, after]: Turn): boolean {
  return STEADY.every((key) => before[key] === middle[key] && middle[key] === after[key]);
}

Deno.test({
  name: `the kernel and the engine agree for twenty containers of every kind, on Docker ${engine.version}`,
  ignore: !can,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const connection = stack.use(openEngine({ url: engine.url }));
    const reader = stack.use(new FileReader(MOUNTS));
    const members = await start(stack);
    let first: Turn[] = [];
    // The first pages of a container are still counted for a moment after its start.
    await eventually("equal numbers of idle containers", async () => {
      first = await readTurn(members, reader, connection);
      return members.every(({ isBusy }, index) => isBusy || isEqual(first[index]!));
    });
    await new Promise((resolve) => setTimeout(resolve, SPAN_MS));
    const last = await readTurn(members, reader, connection);
    for (const [index, { label }] of members.entries()) {
      const [before, middle, after] = last[index]!;
      for (const key of GROWING) {
        if (middle[key] === null) assertEquals([before[key], after[key]], [null, null], `${label}: ${key}`);
        assertLessOrEqual(Number(before[key]), Number(middle[key]), `${label}: ${key}`);
        assertLessOrEqual(Number(middle[key]), Number(after[key]), `${label}: ${key}`);
      }
      const [least, most] = cpuBounds(first[index]!, last[index]!);
      const own = cpuPercent(first[index]![1], middle);
      const isBetween = own > least - 0.1 && own < most + 0.1;
      assert(isBetween, `${label}: ${own} is not between ${least} and ${most}`);
    }
  },
});
