/** Reads the kernel's files in this process. */
import type { MachineReading } from "../docker/engine.ts";
import { reason } from "../errors.ts";
import {
  ContainerFiles,
  FILES_PER_CONTAINER,
  type Mounts,
  readHead,
  readStart,
  readText,
} from "./container_files.ts";
import { readDetailTexts } from "./detail_files.ts";
import type { KernelReader, KernelReading, KernelRequest, KernelTarget } from "./kernel_reader.ts";
import { openFileLimit, systemCpuNs } from "./kernel_text.ts";
import { machineReading } from "./machine_text.ts";
import { withDetails } from "./raw_details.ts";
import { toRawStats } from "./raw_stats.ts";
import { machineNames, readLabeled, type ScrapeFacts } from "./scrape/labeled_files.ts";

/** Part of the files that this process may open which the containers' files may use. */
const SHARE = 0.25;
/** Largest number of containers whose files stay open, whatever the process may open. */
const MOST_KEPT = 2000;

/** Numbers of the machine that all containers of a request share. */
interface Machine {
  readonly systemNs: number;
  readonly memoryBytes: number;
  /** Facts that the numbers of a scrape need; `undefined` without one. */
  readonly scrape: ScrapeFacts | undefined;
}

/** A reader that keeps the files of containers open, up to a bound. Files beyond it are opened for each reading. */
export class FileReader implements KernelReader {
  readonly #kept = new Map<string, ContainerFiles>();
  readonly #own: string;
  readonly #mostKept: number;

  /**
   * @param mostKept Largest number of containers whose files stay open; by default a part of what the process may open.
   * @throws {Error} when the mounts cannot be read, `Deno.errors.NotCapable` when the runtime refuses them.
   */
  constructor(readonly mounts: Mounts, mostKept?: number) {
    const { proc } = mounts;
    if (systemCpuNs(readStart(`${proc}/stat`)) === undefined) throw new Error(`${proc}/stat has no CPU time`);
    this.#own = readText(`${proc}/self/cgroup`);
    const most = (openFileLimit(readText(`${proc}/self/limits`)) ?? 0) * SHARE / FILES_PER_CONTAINER;
    this.#mostKept = mostKept ?? Math.min(Math.floor(most), MOST_KEPT);
  }

  /** Number of containers whose files are open. */
  get kept(): number {
    return this.#kept.size;
  }

  read(
    { targets, memoryBytes, detailed = false, connections }: KernelRequest,
  ): Promise<readonly KernelReading[]> {
    try {
      const systemNs = systemCpuNs(readStart(`${this.mounts.proc}/stat`));
      if (systemNs === undefined) throw new Error("the machine's CPU time is unknown");
      const scrape = detailed ? { ...machineNames(this.mounts), connections } : undefined;
      const machine = { systemNs, memoryBytes, scrape };
      return Promise.resolve(targets.map((target) => this.#read(target, machine)));
    } catch (error) {
      return Promise.resolve(targets.map(() => ({ reason: reason(error) })));
    }
  }

  machine(): Promise<MachineReading | undefined> {
    const { proc } = this.mounts;
    const texts = {
      // The lines after those of the CPUs are long on a machine with many interrupts.
      stat: textOr(() => readHead(`${proc}/stat`, "\nintr ")),
      meminfo: textOr(() => readText(`${proc}/meminfo`)),
      loadavg: textOr(() => readText(`${proc}/loadavg`)),
      network: textOr(() => readText(`${proc}/1/net/dev`)),
    };
    return Promise.resolve(machineReading(texts, Date.now()));
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#kept.get(id)?.[Symbol.dispose]();
      this.#kept.delete(id);
    }
  }

  release(): Promise<void> {
    this.forget([...this.#kept.keys()]);
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  #read(target: KernelTarget, machine: Machine): KernelReading {
    try {
      const kept = this.#kept.get(target.id);
      if (kept !== undefined && kept.pid !== target.pid) this.forget([target.id]);
      if (this.#kept.has(target.id) || this.#kept.size < this.#mostKept) {
        return this.#readingOf(this.#keep(target), machine);
      }
      using files = ContainerFiles.open(target, this.mounts, this.#own);
      return this.#readingOf(files, machine);
    } catch (error) {
      // A cgroup that is gone may exist again with the next process.
      this.forget([target.id]);
      return { reason: reason(error) };
    }
  }

  #keep(target: KernelTarget): ContainerFiles {
    const files = this.#kept.get(target.id) ?? ContainerFiles.open(target, this.mounts, this.#own);
    this.#kept.set(target.id, files);
    return files;
  }

  #readingOf(files: ContainerFiles, { systemNs, memoryBytes, scrape }: Machine): KernelReading {
    // The CPU time is read first.
    const monotonicMs = performance.timeOrigin + performance.now();
    const texts = files.read();
    const { version } = files.paths;
    const raw = toRawStats(texts, { version, atMs: Date.now(), systemNs, memoryBytes });
    if (raw === undefined) throw new Error("the CPU time of the container is unknown");
    if (scrape === undefined) return { raw, atMs: monotonicMs };
    const more = { ...texts, ...readDetailTexts(files, this.mounts) };
    const { labeled, tasks } = readLabeled(files, texts.disk, this.mounts, scrape);
    const detailed = { ...withDetails(raw, more, version), labeled, ...tasks !== undefined && { tasks } };
    return { raw: detailed, atMs: monotonicMs };
  }
}

/** Returns the text of a file; an empty one if it cannot be read. */
function textOr(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
