/** The parts of the benchmark, in the order in which they run. */
import { DISTRIBUTION, NEWEST } from "../engine/engines.ts";
import { type RealEngine, realEngines } from "../../tests/e2e/engines.ts";
import { cpuOfBusyContainer } from "./accuracy_measures.ts";
import { costOfRules, timeToWebhook } from "./alert_measures.ts";
import { IdleContainers } from "./containers.ts";
import { firstRows, thousandInTheBrowser } from "./dashboard_measures.ts";
import { historyOfThirtyDays } from "./history_measures.ts";
import { besideOneThatNeverReads, costOfPlace, floodOfLines, memoryAfterHostility } from "./log_measures.ts";
import { engineRequests, firstSample, type Row, startedLater, startToListening } from "./measures.ts";
import { memoryOfServers } from "./memory_measures.ts";
import { otherTools } from "./other_tools.ts";
import { type EngineProcesses, engineProcesses } from "./processes.ts";
import { costPerContainer, readersAgainstDockerStats } from "./reader_measures.ts";
import type { BenchOptions } from "./run.ts";
import { framesAgainstBareLoop, tenThousandSimulated, thousandSimulated } from "./simulated_measures.ts";
import { deployOverhead, eventDelay } from "./stack_measures.ts";

/** A part: it measures, and yields the rows of the table. */
export type Part = (options: BenchOptions) => AsyncGenerator<Row>;

const PID_FILES: Readonly<Record<string, string>> = {
  [`unix://${NEWEST.socket}`]: "/var/run/docker.pid",
  [`unix://${DISTRIBUTION.socket}`]: DISTRIBUTION.socket.replace(".sock", ".pid"),
};

function processesOf({ url }: RealEngine): EngineProcesses {
  return engineProcesses(PID_FILES[url]!);
}

/** All parts. */
export const PARTS: Readonly<Record<string, Part>> = {
  /** Ways of reading, and the cost per container; the order of the rows is that of the table. */
  async *readers(options) {
    const [newest] = await realEngines();
    await using containers = await IdleContainers.start(newest, options.containers);
    const targets = { permissions: "≤ 0.08", mounts: "≤ 0.08", process: "≤ 0.15", engine: "≤ 0.70" };
    const processes = processesOf(newest);
    const all = { ...targets, history: "≤ 0.12" };
    yield* await readersAgainstDockerStats(containers, processes, all, options);
    yield* await otherTools(containers, processes, options);
    yield await costPerContainer(containers, processes, options);
  },
  /** The engine of the distribution, which is older than Docker 25. */
  async *older(options) {
    const [, distribution] = await realEngines();
    if (distribution === undefined) return;
    await using containers = await IdleContainers.start(distribution, options.containers);
    const processes = processesOf(distribution);
    yield* await readersAgainstDockerStats(containers, processes, { engine: "≤ 1.0" }, options);
  },
  async *memory(options) {
    const [newest] = await realEngines();
    await using containers = await IdleContainers.start(newest, options.containers);
    yield* await memoryOfServers(containers, options.minutes);
  },
  async *start() {
    const [newest] = await realEngines();
    yield await startToListening(newest);
  },
  async *simulated({ rounds }) {
    yield await framesAgainstBareLoop(rounds);
    yield await thousandSimulated();
    yield* await tenThousandSimulated();
  },
  async *latency(options) {
    const [newest] = await realEngines();
    await using _containers = await IdleContainers.start(newest, Math.min(options.containers, 20));
    yield await engineRequests(newest);
    yield await firstSample(newest);
    yield await startedLater(newest);
    yield await cpuOfBusyContainer(newest);
  },
  async *stacks() {
    const [newest] = await realEngines();
    yield await deployOverhead(newest);
    yield await eventDelay(newest);
  },
  async *alerts() {
    const [newest] = await realEngines();
    yield* await timeToWebhook(newest);
    yield await costOfRules();
  },
  async *history() {
    yield* await historyOfThirtyDays();
  },
  async *logs() {
    const [newest] = await realEngines();
    yield await floodOfLines(newest);
    yield costOfPlace();
    yield await besideOneThatNeverReads();
    yield await memoryAfterHostility();
  },
  async *dashboard(options) {
    const [newest] = await realEngines();
    {
      await using _containers = await IdleContainers.start(newest, Math.min(options.containers, 20));
      yield* await firstRows(newest);
    }
    yield* await thousandInTheBrowser(options.minutes);
  },
};
