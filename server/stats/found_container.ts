/** A container that a client has named, with the means to read it. */
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

/** Returns a container of a host. */
export function foundIn({ hostId, engine, board }: Collector, { id, name }: Container): FoundContainer {
  return {
    ...{ hostId, engine, name, containerId: id },
    get clockOffsetMs() {
      return board.clockOffsetMs;
    },
    current: () => board.container(id),
  };
}
