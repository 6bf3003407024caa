/** Containers that a client has named, with the means to read them. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
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
