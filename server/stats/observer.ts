/** The interface for a part that follows everything that happens on the hosts. */
import type { Container } from "../docker/container.ts";
import type { ContainerEvent } from "../docker/engine.ts";
import type { HostState } from "../protocol/hosts.ts";
import type { Board } from "./board.ts";

/**
 * Callbacks for changes of hosts and containers, which are called synchronously and must be quick. `clockOffsetMs` is
 * the engine's clock minus ours.
 */
export interface HostObserver {
  /** An event of the engine, before the container is inspected again. */
  event(hostId: string, event: ContainerEvent, clockOffsetMs: number): void;
  /** A container is new or has changed; its state is "removed" once it is gone. */
  changed(hostId: string, container: Container, clockOffsetMs: number): void;
  /** The host can be read, and its list is complete. */
  up(hostId: string, containers: readonly Container[], clockOffsetMs: number): void;
  /** The host cannot be read. */
  down(hostId: string, error: string): void;
  /** The host is no longer read; nothing happened to its containers. */
  removed(hostId: string): void;
}

/** The observers in the order in which they are called; they may be added after the hosts are connected. */
export type Observed = Iterable<HostObserver>;

/** Passes events on after the observers have received them. */
export async function* observedEvents(
  events: AsyncIterable<ContainerEvent>,
  board: Board,
  observed: Observed,
): AsyncGenerator<ContainerEvent> {
  for await (const event of events) {
    for (const observer of observed) observer.event(board.hostId, event, board.clockOffsetMs);
    yield event;
  }
}

/** Reports the state of a host to observers. */
export function reportTo(
  observers: Iterable<HostObserver>,
  board: Board,
  state: HostState,
  error: string | null,
): void {
  for (const observer of observers) {
    if (state === "down") observer.down(board.hostId, error ?? "");
    if (state === "up") observer.up(board.hostId, board.containers(), board.clockOffsetMs);
  }
}
