/** Readings of a few containers several times a second, on all hosts. */
import { AppError } from "../../errors.ts";
import { Hub, NewestPerKey, type Subscription } from "../../hub.ts";
import type { Board } from "../board.ts";
import { Lasting } from "../hosts/lasting.ts";
import type { ContainerUpdate } from "../update.ts";
import { type Filter, matches } from "../viewer.ts";
import type { FastSampler } from "./fast_sampler.ts";
import { FastViewer, MOST_CONTAINERS } from "./fast_viewer.ts";

/** A host with its containers and their sampler. */
interface FastHost {
  readonly hostId: string;
  readonly board: Board;
  readonly fast: FastSampler;
}

/** A viewer and the samples of all such viewers. */
export interface FastView {
  readonly viewer: FastViewer;
  /** Ends when the viewer falls back or leaves. */
  readonly updates: Subscription<ContainerUpdate>;
}

/** The fast readings of all hosts. */
export class FastViews {
  readonly #hub = new Hub<ContainerUpdate>();
  readonly #viewers = new Lasting<FastViewer>();

  constructor(readonly hosts: () => readonly FastHost[]) {}

  /** Delivers samples to all viewers. */
  publish(updates: readonly ContainerUpdate[]): void {
    this.#hub.publish(updates);
  }

  /**
   * Checks whether the containers of a filter can be read several times a second.
   *
   * @throws {AppError} "malformed" with the reason if they cannot.
   */
  check(filter: Filter): void {
    const reason = this.#refusal(filter);
    if (reason === undefined) return;
    const message = `an interval below 1s is not possible: ${reason}`;
    throw new AppError("malformed", `Cannot read the query: option "interval": ${message}`, {
      issues: [{ path: "interval", message }],
    });
  }

  /** Adds a viewer until the signal aborts. */
  open(filter: Filter, intervalMs: number, signal: AbortSignal): FastView {
    const viewer = new FastViewer(filter, intervalMs, signal);
    const updates = this.#hub.subscribe(new NewestPerKey(({ key }) => key), viewer.signal);
    for (const { hostId, fast } of this.hosts()) {
      if (filter.hosts?.has(hostId) ?? true) fast.add(viewer);
    }
    this.#viewers.add(viewer, viewer.signal);
    return { viewer, updates };
  }

  /** Reads a new host for the viewers that are there already. */
  added({ hostId, fast }: FastHost): void {
    this.#viewers.each((viewer) => {
      if (viewer.filter.hosts?.has(hostId) ?? true) fast.add(viewer);
    });
  }

  #refusal(filter: Filter): string | undefined {
    if (filter.containers.isEmpty) return `name at most ${MOST_CONTAINERS} containers with container=`;
    const found = this.hosts().flatMap((host) =>
      host.board.containers().filter((one) => matches({ ...filter, state: undefined }, host.hostId, one))
        .map((container) => ({ container, ...host }))
    );
    if (found.length === 0) return "no such container exists";
    if (found.length > MOST_CONTAINERS) {
      return `${found.length} containers match, and at most ${MOST_CONTAINERS} can be read so often`;
    }
    return found.map(({ container, fast }) => fast.refusal(container)).find((reason) => reason !== undefined);
  }
}
