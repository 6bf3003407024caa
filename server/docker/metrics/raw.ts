/** Numbers that only metrics show, as a reading has them. */
import type { Labeled } from "./labeled.ts";

/** Thread of a container: its number, start (ticks), time on the CPU and in the queue (ns), and periods on the CPU. */
export type RawTask = readonly [id: number, start: number, runNs: number, waitNs: number, periods: number];

/** Amounts of operations on block devices. */
export type RawOperations =
  | readonly {
    readonly major?: number;
    readonly minor?: number;
    readonly op?: string;
    readonly value?: number;
  }[]
  | null;

/** Fields that a reading of the kernel's files adds to those of the engine's answer; any may be missing. */
export interface RawFurther {
  /** Numbers of the processes, which only the kernel's files show. */
  readonly processes?: Readonly<Partial<Record<"count" | "files" | "sockets" | "file_limit", number>>>;
  /** Times without CPU, memory or disk in µs, which only the kernel's files show. */
  readonly pressure?: Readonly<Record<string, number>>;
  /** Numbers with labels, which only the kernel's files show. */
  readonly labeled?: Labeled;
  /** Threads, which only the kernel's files show, and the sums of their times. */
  readonly tasks?: readonly RawTask[];
  readonly scheduling?: Readonly<Partial<Record<"run_ns" | "wait_ns" | "periods", number>>>;
  /** The disk with the engine's data. */
  readonly filesystem?: Readonly<Partial<Record<"bytes" | "inodes" | "inodes_free", number>>>;
}
