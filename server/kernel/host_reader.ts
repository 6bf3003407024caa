/** The reader of one host's numbers: the kernel where its numbers agree with the engine's, otherwise the engine. */
import { copyable } from "../config/config.ts";
import type { DiskSpace, Engine, EngineInfo, MachineAndDisk } from "../docker/engine.ts";
import type { Container } from "../docker/container.ts";
import type { RawStats } from "../docker/sample.ts";
import { pause } from "../duration.ts";
import { getLogger } from "../log/log.ts";
import { Semaphore } from "../semaphore.ts";
import { engineDisk } from "./disk_space.ts";
import { KernelSource, type KernelTimes, type ReaderReport } from "./kernel_source.ts";
import type { KernelChoice } from "./open_reader.ts";
import { Scheduling } from "./scheduling.ts";

/** Number of containers that are compared when the host has connected, without waiting for a viewer. */
const FIRST_CONTAINERS = 3;
/** Number of containers that the kernel is asked for at a time during a scrape. */
const PARALLEL_READINGS = 8;
/** Largest number of containers whose connections are read. */
const MOST_WITH_CONNECTIONS = 64;
/** Number of containers that an engine is asked for at a time during a scrape. */
const PARALLEL_DETAILS = 32;

const log = getLogger(["dockstat", "host"]);

/** The containers of one host. */
export interface HostContainers {
  readonly hostId: string;
  /** Returns a container; `undefined` if it is unknown. */
  container(id: string): Container | undefined;
  /** Returns the ids of the containers that have numbers. */
  sampledIds(): readonly string[];
}

/** The reader of one host. Disposing it closes all files. */
export class HostReader implements AsyncDisposable {
  #source: KernelSource | undefined;
  #bursts = false;
  #reason: string;
  #logged: string | undefined;
  #disk: DiskSpace | undefined;
  readonly #scheduling = new Scheduling();

  constructor(readonly containers: HostContainers, readonly choice: KernelChoice | undefined) {
    this.#reason = choice === undefined ? "the host is simulated" : reasonOf(choice);
  }

  /** Creates the source for a connection; `undefined` when the engine has to be asked for everything. */
  open(info: EngineInfo, times: KernelTimes): KernelSource | undefined {
    const { choice, containers } = this;
    this.#source = undefined;
    this.#bursts = info.bursts;
    if (choice?.reader === undefined) return undefined;
    const obstacle = obstacleOf(info);
    if (obstacle !== undefined) {
      this.#reason = obstacle;
      return undefined;
    }
    const { reader, way } = choice;
    const container = (id: string) => containers.container(id);
    return this.#source = new KernelSource({
      reader,
      way,
      traits: info,
      times,
      container,
      changed: () => this.log(),
    });
  }

  /**
   * Compares some running containers, so that the report is known without viewers, and logs it.
   *
   * @param longestMs Timeout of the engine's answers, ms.
   */
  async compareFirst(engine: Engine, session: AbortSignal, longestMs: number): Promise<void> {
    const source = this.#source;
    if (source !== undefined) {
      const signal = AbortSignal.any([session, AbortSignal.timeout(longestMs)]);
      const { containers } = this;
      const known = containers.sampledIds().filter((id) => containers.container(id)?.pid);
      const first = known.slice(0, FIRST_CONTAINERS);
      await Promise.allSettled(first.map((id) => source.compare(id, () => engine.stats(id, signal))));
      await source.release();
    }
    this.log();
  }

  /**
   * Reads the machine of the host; `undefined` where only the engine describes it.
   *
   * @param dataFolder Folder with the engine's data.
   */
  async machine(dataFolder: string | undefined): Promise<MachineAndDisk | undefined> {
    const machine = await this.#source?.machine();
    const { choice, containers } = this;
    if (machine === undefined || choice?.reader === undefined) return undefined;
    const hasContainer = (id: string) => containers.container(id) !== undefined;
    this.#disk = engineDisk(choice.data, dataFolder, hasContainer);
    return { machine, disk: this.#disk };
  }

  /**
   * Reads all counters of containers once, for a scrape, from the kernel or from the engine. An engine that takes a
   * second for each answer is not asked. A container that does not answer in time is missing.
   */
  async details(ids: readonly string[], engine: Engine, signal: AbortSignal): Promise<Map<string, RawStats>> {
    const found = await this.#kernelDetails(ids, signal);
    if (!this.#bursts) return found;
    const slots = new Semaphore(PARALLEL_DETAILS);
    const ask = async (id: string) => {
      using _slot = await slots.acquire(signal);
      const raw = await engine.stats(id, signal);
      if (raw !== undefined) found.set(id, raw);
    };
    await Promise.allSettled(ids.filter((id) => !found.has(id)).map(ask));
    return found;
  }

  /** Reads a few containers at a time, so that other readings do not wait for those of a scrape. */
  async #kernelDetails(ids: readonly string[], signal: AbortSignal): Promise<Map<string, RawStats>> {
    const found = new Map<string, RawStats>();
    const source = this.#source;
    if (source === undefined) return found;
    const scrape = { detailed: true, connections: ids.length <= MOST_WITH_CONNECTIONS };
    const key = (id: string) => `${id}/${this.containers.container(id)?.pid}`;
    for (let start = 0; start < ids.length && !signal.aborted; start += PARALLEL_READINGS) {
      if (start > 0) await pause(0, signal);
      for (const [id, { raw }] of await source.read(ids.slice(start, start + PARALLEL_READINGS), scrape)) {
        found.set(id, { ...this.#scheduling.add(key(id), raw), ...filesystemOf(this.#disk) });
      }
    }
    this.#scheduling.keep(new Set(ids.map(key)));
    return found;
  }

  /** Closes the files until the next reading. */
  async release(): Promise<void> {
    await this.#source?.release();
  }

  /** Returns the reader in use and the reason for it. */
  report(): ReaderReport {
    return this.#source?.report() ?? { reader: "engine", readerReason: this.#reason };
  }

  /** Logs the reader when it has changed. */
  log(): void {
    const { reader, readerReason } = this.report();
    if (this.#source?.undecided || this.#logged === reader) return;
    this.#logged = reader;
    const values = { hostId: this.containers.hostId, reader, reason: copyable(readerReason) };
    const text = "Host {hostId}: numbers are read from the {reader}: {reason}";
    if (reader === "engine" && this.choice?.expected) log.warn(text, values);
    else log.info(text, values);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.choice?.reader?.[Symbol.asyncDispose]();
  }
}

function reasonOf(choice: KernelChoice): string {
  return choice.reader === undefined ? choice.reason : "the host has not answered yet";
}

function filesystemOf(disk: DiskSpace | undefined): Pick<RawStats, "filesystem"> {
  if (disk === undefined) return {};
  const { totalBytes: bytes, inodes, inodesFree: inodes_free } = disk;
  const counts = inodes !== undefined && inodes_free !== undefined && { inodes, inodes_free };
  return { filesystem: { bytes, ...counts } };
}

/** Returns the reason why the kernel is not read for an engine; `undefined` if it is. */
function obstacleOf({ os, bursts, cpuClock }: EngineInfo): string | undefined {
  if (os !== "linux") return "the engine does not run on Linux";
  if (cpuClock === "clock") return "Podman measures differently from Docker";
  return bursts ? undefined : "the engine is older than Docker 25";
}
