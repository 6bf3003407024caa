/** The threads of a container: their states, and their times on the CPU. */
import type { LabeledNumber } from "../../docker/metrics/labeled.ts";
import type { RawTask } from "../../docker/metrics/raw.ts";
import { startTicks } from "../kernel_text.ts";

/** Largest number of threads that are read. */
export const MOST_TASKS = 256;

/** States of threads by the kernel's letter, with the names of cAdvisor. */
const STATES: Readonly<Record<string, string>> = {
  S: "sleeping",
  I: "sleeping",
  R: "running",
  T: "stopped",
  t: "stopped",
  D: "uninterruptible",
};

/** The threads of a container at one moment. */
export interface Tasks {
  readonly states: readonly LabeledNumber[];
  /** Times of all threads; `undefined` when the kernel does not count them. */
  readonly tasks: readonly RawTask[] | undefined;
}

/**
 * Reads the threads that a control group lists.
 *
 * @param list Text of `cgroup.threads` or `tasks`.
 * @param read Returns the text of a file of a thread, such as "stat".
 * @returns `undefined` when there are too many, or when one of them is not shown.
 */
export function readTasks(
  list: string | undefined,
  read: (id: string, file: "stat" | "schedstat") => string,
): Tasks | undefined {
  if (list === undefined) return undefined;
  const ids = list.split("\n").filter((id) => /^[1-9]\d{0,9}$/.test(id));
  if (ids.length === 0 || ids.length > MOST_TASKS) return undefined;
  const counts = new Map(Object.values(STATES).map((name) => [name, 0]));
  const found: FoundTask[] = [];
  try {
    for (const id of ids) found.push(...readTask(id, read));
  } catch {
    return undefined;
  }
  for (const { state } of found) {
    const name = STATES[state];
    if (name !== undefined) counts.set(name, counts.get(name)! + 1);
  }
  const tasks = found.flatMap(({ task }) => task === undefined ? [] : [task]);
  return {
    states: [...counts].map(([name, count]) => [[name], count]),
    // A thread without numbers would be taken for one that has ended.
    tasks: tasks.length < found.length ? undefined : tasks,
  };
}

interface FoundTask {
  readonly state: string;
  readonly task: RawTask | undefined;
}

/** Reads one thread; nothing when it has ended meanwhile. */
function readTask(id: string, read: (id: string, file: "stat" | "schedstat") => string): FoundTask[] {
  try {
    const stat = read(id, "stat");
    const state = stat[stat.lastIndexOf(")") + 2] ?? "";
    const [, run, wait, periods] = /^(\d{1,20}) (\d{1,20}) (\d{1,20})\n?$/.exec(read(id, "schedstat")) ?? [];
    const start = startTicks(stat);
    if (run === undefined || start === undefined) return [{ state, task: undefined }];
    return [{ state, task: [Number(id), start, Number(run), Number(wait), Number(periods)] }];
  } catch (error) {
    // Its folder is gone, or it went while a file was open (ESRCH).
    if (error instanceof Deno.errors.NotFound || /os error 3\)/.test(String(error))) return [];
    throw error;
  }
}
