/** A board that records what it publishes, with one container to put on it. */
import type { Container } from "../../server/docker/container.ts";
import { type Sample, toCounters, toSample } from "../../server/docker/sample.ts";
import { Board } from "../../server/stats/board.ts";
import type { ContainerUpdate } from "../../server/stats/update.ts";
import { fakeContainer, idOf, steadyReading } from "../fakes/engine.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

/** A board with its records. */
export interface RecordedBoard {
  readonly board: Board;
  readonly batches: ContainerUpdate[][];
  /** Calls of its listener. */
  readonly calls: string[];
  /** Puts the container "web" on the board, changed as a test needs. */
  put(changes?: Partial<Container>): void;
  /** Adds the sample of a second. */
  sample(second: number, name?: string, changes?: Partial<Sample>): void;
  /** Publishes the changes; returns the state and the sample's presence of each update. */
  flush(): unknown[];
}

/** Creates a board that records what it publishes and what it reports to its listener. */
export function recordedBoard(): RecordedBoard {
  const calls: string[] = [];
  const batches: ContainerUpdate[][] = [];
  const board = new Board({
    hostId: "nas",
    keepMs: 60_000,
    publish: (updates) => batches.push([...updates]),
    listener: {
      started: (id) => calls.push(`started ${id === idOf("web") ? "web" : id}`),
      stopped: (id) => calls.push(`stopped ${id === idOf("web") ? "web" : id}`),
      changed() {},
    },
  });
  const put = (changes: Partial<Container> = {}) =>
    board.put(fakeContainer("web", { startedAt: 1, ...changes }));
  const sample = (second: number, name = "web", changes: Partial<Sample> = {}) => {
    const read = (second: number) => toCounters(steadyReading(second), TRAITS)!;
    board.addSample(idOf(name), { ...toSample(read(second - 1), read(second))!, ...changes });
  };
  const flush = () => {
    board.flush();
    return batches.splice(0).flat().map(({ facts }) => [facts.container.state, facts.sample !== undefined]);
  };
  return { board, batches, calls, put, sample, flush };
}
