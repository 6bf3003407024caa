/**
 * Finds the events of one host, each once: from the engine's events, and by comparing containers with their last known
 * state. The comparison finds what happened while DockStat did not run or the host could not be read.
 */
import type { Container } from "../docker/container.ts";
import type { ContainerEvent } from "../docker/engine.ts";
import type { TimelineKind } from "../protocol/past/timeline.ts";
import type { KnownContainer, KnownHost } from "../store/past/event_store.ts";
import { type FoundEvent, HOST_EVENT, type HostRecords } from "./found_event.ts";
import { baseline, missedRestarts, NEW, Recent, restartsOf } from "./known.ts";

/** Start or end of a container that a comparison has found, and whose event may still arrive. */
interface Awaited {
  readonly kind: "start" | "exit";
  readonly at: number;
}

/** Longest time between a change of a container and its event, ms; an engine may clean up before it sends it. */
const EVENT_DELAY_MS = 60_000;
/** A start counts as a restart for this time after the end, ms. */
const RESTART_MS = 10_000;
/** Delay from which an event counts as late, ms. */
const LATE_MS = 10_000;
/** Tolerated difference between the time of an OOM kill and the end that it causes, ms. */
const OOM_DELAY_MS = 1000;
/** Events of the engine that become events of the timeline unchanged. */
const PLAIN: Readonly<Record<string, TimelineKind>> = {
  create: "create",
  pause: "pause",
  unpause: "unpause",
  rename: "rename",
  update: "limits",
};

/** The events of one host. */
export class HostTimeline {
  readonly #awaited = new Map<string, Awaited>();
  readonly #restarting = new Set<string>();
  readonly #seen = new Recent();
  #offsetMs = 0;

  /**
   * @param known Known containers by id.
   * @param host Known state of the host; `undefined` before the first connection, whose containers are not news.
   */
  constructor(
    readonly records: HostRecords,
    readonly known: Map<string, KnownContainer>,
    private host: KnownHost | undefined,
    readonly now: () => number = Date.now,
  ) {}

  /** Takes an event of the engine. */
  event(event: ContainerEvent, clockOffsetMs: number): void {
    this.#offsetMs = clockOffsetMs;
    const { id, action, at = this.#engineNow() } = event;
    if (event.at !== undefined && this.#seen.isRepeated(`${id} ${action} ${event.at}`)) return;
    const facts = this.#named(id, event);
    if (action === "destroy" || action === "remove") return this.#removed(id, facts, at);
    if (action === "start") this.#began(id, facts, at);
    else if (action === "die" || action === "died") this.#ended(id, facts, at, event.exitCode ?? null);
    else if (action === "oom") this.#oom(id, facts, at);
    else if (Object.hasOwn(PLAIN, action)) {
      this.#know(id, facts);
      this.#record(id, facts, { kind: PLAIN[action]!, at });
    }
  }

  /** Compares a container with its last known state. */
  changed(container: Container, clockOffsetMs: number): void {
    this.#offsetMs = clockOffsetMs;
    const { id, state } = container;
    const known = this.known.get(id);
    if (state === "removed") {
      if (known !== undefined) this.#removed(id, known, this.#engineNow());
      return;
    }
    if (this.host === undefined && known === undefined) {
      return this.#know(id, baseline(container, this.#engineNow()));
    }
    if (!container.inspected) return;
    if (known === undefined) this.#appeared(container);
    const { name, project, service } = container;
    this.#know(id, { ...this.known.get(id) ?? NEW, name, project, service });
    this.#compareRuns(container);
    this.#know(id, { ...this.known.get(id)!, restarts: restartsOf(container) });
    this.#compareHealth(container);
    if (state === "restarting") this.#restarting.add(id);
    else this.#restarting.delete(id);
  }

  /** Takes the complete list of a host that can be read. */
  up(containers: readonly Container[], clockOffsetMs: number): void {
    this.#offsetMs = clockOffsetMs;
    for (const container of containers) this.changed(container, clockOffsetMs);
    const present = new Set(containers.map(({ id }) => id));
    for (const [id, facts] of this.known) {
      if (!present.has(id)) this.#removed(id, facts, this.#engineNow(), true);
    }
    this.#become("up", null);
  }

  /** Takes the reason why the host cannot be read. */
  down(error: string): void {
    this.#become("down", error);
  }

  #become(state: KnownHost, message: string | null): void {
    const before = this.host;
    this.host = state;
    if (before === state) return;
    this.records.knowHost(state);
    if (before === undefined && state === "up") return;
    const kind = state === "up" ? "return" : "outage";
    this.records.record({ ...HOST_EVENT, at: this.now(), kind, message });
  }

  /** Records the creation of a container that no event has reported. */
  #appeared(container: Container): void {
    const { id, name, project, service, createdAt } = container;
    const facts = { ...NEW, name, project, service };
    if (createdAt !== null) this.#record(id, facts, { kind: "create", at: createdAt });
  }

  /** Records starts and ends that no event has reported. */
  #compareRuns(container: Container): void {
    const { id, state, startedAt, finishedAt, exitCode } = container;
    const runs = state === "running" || state === "paused";
    const { covered } = this.known.get(id)!;
    // A start and an end that were found stand for all of the same gap.
    const count = Math.max(missedRestarts(container, this.known.get(id)!), 1);
    const found = [{ kind: "start", at: startedAt } as const, { kind: "exit", at: finishedAt } as const]
      .flatMap(({ kind, at }) => at === null || at <= covered ? [] : [{ kind, at }])
      .sort((one, other) => one.at - other.at);
    for (const [index, { kind, at }] of found.entries()) {
      // An inspection of a running container has no exit code of its last run.
      const code = runs || index < found.length - 1 ? null : exitCode;
      if (kind === "start") this.#recordStart(id, this.known.get(id)!, at, count);
      else this.#recordEnd(id, this.known.get(id)!, at, code, count);
      this.#awaited.set(id, { kind, at });
    }
    const known = this.known.get(id)!;
    if (container.outOfMemory && !runs && known.oomAt === null) {
      this.#recordOom(id, known, finishedAt ?? this.#engineNow());
    }
  }

  #compareHealth({ id, health, healthOutput }: Container): void {
    const known = this.known.get(id)!;
    if (known.health === health) return;
    this.#know(id, { ...known, health });
    if (health !== "healthy" && health !== "unhealthy") return;
    this.#record(id, known, { kind: "health", at: this.#engineNow(), state: health, message: healthOutput });
  }

  #began(id: string, facts: KnownContainer, at: number): void {
    if (!this.#isReported(id, facts, "start", at)) this.#recordStart(id, facts, at);
  }

  #ended(id: string, facts: KnownContainer, at: number, exitCode: number | null): void {
    if (!this.#isReported(id, facts, "exit", at)) this.#recordEnd(id, facts, at, exitCode);
    else if (exitCode !== null) this.records.completeExit(id, at - this.#offsetMs, exitCode);
  }

  /** Reports whether a comparison has found this start or end already. */
  #isReported(id: string, facts: KnownContainer, kind: Awaited["kind"], at: number): boolean {
    const awaited = this.#awaited.get(id);
    const isOlder = at <= facts.covered;
    const isAwaited = awaited?.kind === kind && at - awaited.at < EVENT_DELAY_MS;
    if (!isOlder) this.#awaited.delete(id);
    if (!isOlder && isAwaited) this.#know(id, { ...facts, covered: at });
    return isOlder || isAwaited;
  }

  #recordStart(id: string, facts: KnownContainer, at: number, count = 1): void {
    const { endedAt } = facts;
    const isQuick = endedAt !== null && at - endedAt <= RESTART_MS;
    const kind = this.#restarting.delete(id) || isQuick ? "restart" : "start";
    const { restarts } = facts;
    this.#know(id, {
      ...facts,
      ...{ covered: at, oomAt: null },
      restarts: restarts && { ...restarts, recorded: restarts.recorded + 1 },
    });
    this.#record(id, facts, { kind, at, count });
  }

  #recordEnd(id: string, facts: KnownContainer, at: number, exitCode: number | null, count = 1): void {
    this.#know(id, { ...facts, covered: at, endedAt: at });
    this.#record(id, facts, { kind: "exit", at, exitCode, count });
  }

  #oom(id: string, facts: KnownContainer, at: number): void {
    if (facts.oomAt === null || at > facts.oomAt + OOM_DELAY_MS) this.#recordOom(id, facts, at);
  }

  #recordOom(id: string, facts: KnownContainer, at: number): void {
    this.#know(id, { ...facts, oomAt: at });
    this.#record(id, facts, { kind: "oom", at });
  }

  #removed(id: string, facts: KnownContainer, at: number, late = false): void {
    this.known.delete(id);
    this.#awaited.delete(id);
    this.#restarting.delete(id);
    if (this.#seen.isRepeated(`${id} removed`)) return;
    this.records.know(id, null);
    this.#record(id, facts, { kind: "remove", at, late });
  }

  /** Returns the facts of a container with the names that an event reports. */
  #named(id: string, { name, project, service }: ContainerEvent): KnownContainer {
    const known = this.known.get(id) ?? NEW;
    return {
      ...known,
      name: name ?? known.name,
      project: project ?? known.project,
      service: service ?? known.service,
    };
  }

  #know(id: string, facts: KnownContainer): void {
    this.known.set(id, facts);
    this.records.know(id, facts);
  }

  #record(
    id: string,
    { name, project, service }: KnownContainer,
    { at, ...event }: Pick<FoundEvent, "kind" | "at"> & Partial<FoundEvent>,
  ): void {
    const now = this.now();
    // An engine whose clock is wrong changes neither the order nor the age.
    const ours = Math.max(Math.min(at - this.#offsetMs, now), 0);
    this.records.record({
      ...{ exitCode: null, state: null, message: null, containerId: id },
      ...{ name: name === "" ? null : name, project, service },
      at: ours,
      late: now - ours > LATE_MS,
      ...event,
    });
  }

  #engineNow(): number {
    return this.now() + this.#offsetMs;
  }
}
