/** An entry of the board, which is one container with its newest numbers. */
import type { Container } from "../docker/container.ts";
import type { Sample } from "../docker/sample.ts";
import type { History } from "./past/history.ts";
import type { ContainerUpdate } from "./update.ts";

/** A container on the board. */
export interface Entry {
  container: Container;
  sample: Sample | undefined;
  /** Time of the newest sample, or since when a running container waits for one, by `performance.now()`. */
  since: number;
  /** True while the numbers of a running container cannot be read. */
  silent: boolean;
  /** `undefined` while a running container waits for its second sample. */
  update: ContainerUpdate | undefined;
  /** True once viewers may have received it. */
  reported: boolean;
  readonly history: History;
}

/** Returns the fields of an entry that waits for a sample from now on. */
export function waiting(): Pick<Entry, "sample" | "since" | "silent"> {
  return { sample: undefined, since: performance.now(), silent: false };
}

/** Drops the sample of an entry, which waits for the next from now on. */
export function wait(entry: Entry): void {
  Object.assign(entry, waiting());
}

/** Reports whether an entry has no number that is too old; the numbers of a paused container do not age. */
export function isFresh({ container, sample, since }: Entry, oldest: number): boolean {
  return container.state !== "running" || sample === undefined || since >= oldest;
}

/** Reports whether two samples show the same usage. */
export function sameNumbers(one: Sample | undefined, other: Sample): boolean {
  return one?.cpuUsage === other.cpuUsage && one.memoryUsage === other.memoryUsage;
}

/** Reports whether nothing that is reported differs between two containers. */
export function sameContainer(one: Container, other: Container): boolean {
  const keys = Object.keys(one) as (keyof Container)[];
  return keys.every((key) =>
    key === "healthOutput" || key === "listedStatus" && one.inspected || one[key] === other[key]
  );
}

/** Returns a container with the way in which it ended; the same object if it is already there. */
export function withEnd(container: Container, endedBy: Container["endedBy"]): Container {
  return container.endedBy === endedBy ? container : { ...container, endedBy };
}
