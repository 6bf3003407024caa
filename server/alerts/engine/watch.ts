/** Rules about states: applied to each change of a container or a host. */
import type { Container } from "../../docker/container.ts";
import type { ContainerEvent } from "../../docker/engine.ts";
import type { Rule, WatchedState } from "../../protocol/alerts/rule.ts";
import type { HostStatsMessage } from "../../protocol/hosts.ts";
import type { HostObserver } from "../../stats/observer.ts";
import { Absences } from "./absences.ts";
import { type ContainerPast, lastingCondition, ranOutOfMemory, restartsBetween } from "./conditions.ts";
import { Kills } from "./kills.ts";
import { NumberRules } from "./numbers.ts";
import {
  containerSubject,
  fits,
  hasSameRules,
  hostSubject,
  matchesContainer,
  matchesHost,
  type Subject,
} from "./subject.ts";
import { isHostDown, isOf, rateOf, type Tracked } from "./tracked.ts";
import type { Tracker } from "./tracker.ts";

/** Time for which an alert about lack of memory lasts at least, ms. */
const OOM_MS = 600_000;
/** Used space of a disk that counts as full, percent. */
const FULL = 90;

interface Known {
  container: Container;
  /** Rules about its state. */
  readonly rules: readonly StateRule[];
}

type StateRule = Rule & { readonly when: Extract<Rule["when"], { readonly kind: "state" }> };

/** The states of all hosts, and the rules about them. */
export class Watch implements HostObserver {
  readonly #known = new Map<string, Map<string, Known>>();
  readonly #kills = new Kills();
  readonly #up = new Set<string>();
  #rules: readonly StateRule[] = [];
  /** Rules about numbers. */
  readonly numbers: NumberRules;
  readonly #absences: Absences;

  /** @param watchedSince Begin of the time that alerts are about, epoch ms. */
  constructor(readonly tracker: Tracker, readonly watchedSince: number) {
    this.numbers = new NumberRules(tracker);
    this.#absences = new Absences(tracker);
  }

  /** Replaces the rules, and applies them to what is known. */
  use(rules: readonly Rule[]): void {
    this.#rules = rules.filter((rule): rule is StateRule => rule.when.kind === "state");
    this.numbers.use(rules);
    this.#absences.use(rules);
    for (const [hostId, containers] of this.#known) {
      for (const [id, { container }] of containers) {
        containers.set(id, this.#compiled(hostId, container));
        this.#compare(hostId, container, container, 0);
      }
    }
    this.#checkAbsences();
  }

  /** Reports whether a rule needs the numbers of disks. */
  get needsDisks(): boolean {
    return this.#rules.some(({ when }) => when.state === "disk-full");
  }

  event(hostId: string, { id, action }: ContainerEvent, clockOffsetMs: number): void {
    const known = this.#known.get(hostId)?.get(id);
    if (known === undefined) return;
    if (action === "oom") this.#oom(hostId, known);
    if (action !== "kill") return;
    this.#kills.note(`${hostId}/${id}`, this.tracker.clock.mono());
    // The engine may report the end before the kill that has caused it.
    this.#compare(hostId, known.container, known.container, clockOffsetMs);
  }

  changed(hostId: string, container: Container, clockOffsetMs: number): void {
    const containers = this.#containers(hostId);
    const before = containers.get(container.id)?.container;
    if (container.state === "removed") {
      containers.delete(container.id);
      this.#kills.forget(`${hostId}/${container.id}`);
      this.numbers.forget(hostId, container);
      for (const one of this.tracker.find(isOf(hostId, container.id))) {
        this.tracker.end(one, "The container was removed");
      }
    } else {
      const isSame = before !== undefined && hasSameRules(before, container);
      const rules = isSame ? containers.get(container.id)!.rules : this.#compiled(hostId, container).rules;
      containers.set(container.id, { container, rules });
      const runs = container.state === "running";
      if (!isSame || !runs) this.numbers.forget(hostId, before ?? container);
      if (!runs) this.#releaseNumbers(isOf(hostId, container.id));
      this.#compare(hostId, before, container, clockOffsetMs);
    }
    if (this.#up.has(hostId)) this.#checkAbsences(hostId);
  }

  up(hostId: string, containers: readonly Container[], clockOffsetMs: number): void {
    this.#up.add(hostId);
    const present = new Set(containers.map(({ id }) => id));
    for (const { container } of [...this.#containers(hostId).values()]) {
      if (!present.has(container.id)) this.changed(hostId, { ...container, state: "removed" }, clockOffsetMs);
    }
    for (const rule of this.#rules) {
      if (rule.when.state === "host-down") this.tracker.release(rule.id, hostSubject(hostId));
    }
    for (const container of containers) this.changed(hostId, container, clockOffsetMs);
    for (const one of this.tracker.find(({ subject }) => subject.hostId === hostId)) {
      const { containerId } = one.subject;
      if (containerId !== null && !present.has(containerId)) {
        this.tracker.end(one, "The container was removed");
      }
    }
    this.tracker.settle(({ subject, rule }) =>
      subject.hostId === hostId && rule.when.kind !== "image" &&
      (rule.when.kind !== "threshold" || !this.#hasNumbers(subject))
    );
    this.#checkAbsences(hostId);
  }

  down(hostId: string, error: string): void {
    this.#up.delete(hostId);
    this.tracker.suspend((tracked) => tracked.subject.hostId === hostId && !isHostDown(tracked));
    this.tracker.suspend(({ rule }) => rule.when.kind === "absence" && fits(rule.match.host, hostId));
    this.numbers.forgetHost(hostId);
    for (const rule of this.#rules) {
      if (rule.when.state !== "host-down" || !matchesHost(rule.match, hostId)) continue;
      this.tracker.hold(rule, hostSubject(hostId), { reason: `The host cannot be read: ${error}` });
    }
  }

  removed(hostId: string): void {
    this.#known.delete(hostId);
    this.#up.delete(hostId);
    this.numbers.forgetHost(hostId);
    for (const one of this.tracker.find(({ subject }) => subject.hostId === hostId)) {
      this.tracker.end(one, "The host was removed");
    }
    this.#checkAbsences(hostId);
  }

  /** Takes a new reading of a host's machine. */
  measured(message: HostStatsMessage, networkRate: number | null): void {
    this.numbers.measured(message, networkRate);
    const { hostId, diskUsedBytes: used, diskTotalBytes: total } = message;
    if (used === null || !total) return;
    const value = used / total * 100;
    for (const rule of this.#rules) {
      if (rule.when.state !== "disk-full" || !matchesHost(rule.match, hostId)) continue;
      const limit = rule.when.percent ?? FULL;
      const reason = `The disk is more than ${limit} % full`;
      if (value >= limit) {
        this.tracker.hold(rule, hostSubject(hostId), { reason, value, limit, unit: "percent" });
      } else this.tracker.release(rule.id, hostSubject(hostId));
    }
  }

  #compare(hostId: string, before: Container | undefined, container: Container, offsetMs: number): void {
    const known = this.#containers(hostId).get(container.id)!;
    const past = this.#past(hostId, container, offsetMs);
    const subject = containerSubject(hostId, container);
    for (const rule of known.rules) {
      const { state } = rule.when;
      if (state !== "unhealthy" && state !== "failed") continue;
      const facts = lastingCondition(state, container, past);
      if (facts === undefined) this.tracker.release(rule.id, subject);
      else this.tracker.hold(rule, subject, facts);
    }
    if (ranOutOfMemory(container, past) && !(before !== undefined && ranOutOfMemory(before, past))) {
      this.#oom(hostId, known);
    }
    const restarts = past.requested ? 0 : restartsBetween(before, container);
    if (restarts > 0) this.#restarted(known.rules, subject, restarts);
  }

  #restarted(rules: Known["rules"], subject: Subject, count: number): void {
    for (const rule of rulesOf(rules, "restart-loop")) {
      const lastsMs = rateOf(rule).withinMs;
      this.tracker.hold(rule, subject, { reason: "The container keeps restarting", count }, { lastsMs });
    }
  }

  #oom(hostId: string, { rules, container }: Known): void {
    for (const rule of rulesOf(rules, "oom")) {
      const reason = "The container ran out of memory, and the kernel killed a process";
      this.tracker.hold(rule, containerSubject(hostId, container), { reason }, { lastsMs: OOM_MS });
    }
  }

  #past(hostId: string, { id, endedBy, finishedAt }: Container, offsetMs: number): ContainerPast {
    const { wall, mono } = this.tracker.clock;
    const endedAt = finishedAt === null ? Infinity : mono() - (wall() + offsetMs - finishedAt);
    const requested = endedBy === "stop" || this.#kills.explains(`${hostId}/${id}`, endedAt);
    return { requested, watchedSince: this.watchedSince + offsetMs };
  }

  #releaseNumbers(wanted: (tracked: Tracked) => boolean): void {
    for (
      const { rule, subject } of this.tracker.find((one) => one.rule.when.kind === "threshold" && wanted(one))
    ) {
      this.tracker.release(rule.id, subject);
    }
  }

  /** Reports whether numbers of an object will come: of a host, a running container, or a stack with one. */
  #hasNumbers({ hostId, containerId, project }: Subject): boolean {
    if (containerId === null && project === null) return true;
    return this.#containers(hostId ?? "").values().some(({ container: { id, state, project: of } }) =>
      state === "running" && (containerId === null ? of === project : id === containerId)
    );
  }

  #checkAbsences(hostId?: string): void {
    this.#absences.check(
      [...this.#known].map(([id, containers]) =>
        [id, containers.values().map(({ container }) => container)] as const
      ),
      this.#up,
      hostId,
    );
  }

  #containers(hostId: string): Map<string, Known> {
    const found = this.#known.get(hostId) ?? new Map<string, Known>();
    this.#known.set(hostId, found);
    return found;
  }

  #compiled(hostId: string, container: Container): Known {
    return {
      container,
      rules: this.#rules.filter(({ match }) => matchesContainer(match, hostId, container)),
    };
  }
}

function rulesOf(rules: readonly StateRule[], state: WatchedState): readonly StateRule[] {
  return rules.filter(({ when }) => when.state === state);
}
