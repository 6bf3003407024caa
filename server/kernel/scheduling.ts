/**
 * Times of containers on the CPU and in the queue for it. The kernel counts them per thread, so the last numbers of
 * threads that have ended are added: as in cAdvisor, the sums only grow.
 */
import { countOf, itemsOf } from "../untrusted_json.ts";
import type { RawStats } from "../docker/sample.ts";

type Sums = [runNs: number, waitNs: number, periods: number];

interface Known {
  /** Newest numbers of each thread, by its number and start. */
  tasks: ReadonlyMap<string, Sums>;
  /** Sums of the threads that have ended. */
  readonly ended: Sums;
}

/** The sums of the containers of one host. */
export class Scheduling {
  #known = new Map<string, Known>();

  /**
   * Replaces the threads in a reading by their sums; without threads the sums are missing.
   *
   * @param key The container and its first process, whose end is the end of the sums.
   */
  add(key: string, raw: RawStats): RawStats {
    const { tasks, ...rest } = raw;
    if (tasks === undefined) return rest;
    const current = new Map(itemsOf(tasks).flatMap((task) => sumsOf(task) ?? []));
    const { tasks: before, ended } = this.#known.get(key) ?? { tasks: new Map(), ended: [0, 0, 0] };
    for (const [task, sums] of before) {
      if (!current.has(task)) addTo(ended, sums);
    }
    this.#known.set(key, { tasks: current, ended });
    const total: Sums = [...ended];
    for (const sums of current.values()) addTo(total, sums);
    const [run_ns, wait_ns, periods] = total;
    return { ...rest, scheduling: { run_ns, wait_ns, periods } };
  }

  /** Forgets all containers but these. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
  }
}

function sumsOf(task: unknown): [[string, Sums]] | undefined {
  const [id, start, run, wait, periods] = itemsOf(task).map(countOf);
  if (id === undefined || start === undefined) return undefined;
  return [[`${id}/${start}`, [run ?? 0, wait ?? 0, periods ?? 0]]];
}

function addTo(total: Sums, sums: Sums): void {
  for (const [index, value] of sums.entries()) total[index]! += value;
}
