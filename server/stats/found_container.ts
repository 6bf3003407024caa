/** Containers that a client has named, with the means to read them, and their histories. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import type { Collector } from "./collector.ts";

/** A container and its engine. */
export interface FoundContainer {
  readonly hostId: string;
  readonly containerId: string;
  readonly name: string;
  readonly engine: Engine;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** Returns the container as last reported by its engine; `undefined` once it is removed. */
  readonly current: () => Container | undefined;
}

/** Returns the wanted containers of a host, of all hosts if `undefined`. */
export function findIn(
  collectors: readonly Collector[],
  hostId: string | undefined,
  isWanted: (container: Container) => boolean,
): FoundContainer[] {
  return collectors.filter((collector) => hostId === undefined || collector.hostId === hostId)
    .flatMap((collector) =>
      collector.board.containers().filter(isWanted).map((container) => foundIn(collector, container))
    );
}

function foundIn({ hostId, engine, board }: Collector, { id, name }: Container): FoundContainer {
  return {
    ...{ hostId, engine, name, containerId: id },
    get clockOffsetMs() {
      return board.clockOffsetMs;
    },
    current: () => board.container(id),
  };
}

/** History of one container. */
export interface ContainerHistory {
  readonly hostId: string;
  readonly container: Container;
  readonly points: readonly HistoryPoint[];
}

/** Yields the points of every container of the last `spanMs`, oldest first. */
export function* historiesOf(collectors: readonly Collector[], spanMs: number): Generator<ContainerHistory> {
  for (const { board, hostId } of collectors) {
    const from = Date.now() + board.clockOffsetMs - spanMs;
    for (const container of board.containers()) {
      yield {
        hostId,
        container,
        // Read only if the frame is not already known.
        get points() {
          return board.history(container.id, from);
        },
      };
    }
  }
}
