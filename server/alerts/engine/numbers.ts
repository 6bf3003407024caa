/** Rules about numbers of containers, stacks and hosts. */
import { byteText } from "../../byte_text.ts";
import type { Container } from "../../docker/container.ts";
import type { Sample } from "../../docker/sample.ts";
import { type Metric, METRICS, type Rule, type Scope } from "../../protocol/alerts/rule.ts";
import type { HostStatsMessage } from "../../protocol/hosts.ts";
import { hostSubject, matchesContainer, matchesHost, matchesStack } from "./subject.ts";
import { containerSubject, stackSubject, type Subject } from "./subject.ts";
import { emptyReading, type Facts, read, type Reading } from "./tracked.ts";
import { Thresholds } from "./thresholds.ts";
import type { Tracker } from "./tracker.ts";

/** Units of the numbers. */
export const UNITS: Readonly<Record<Metric, string>> = {
  cpu: "percent",
  memory: "percent",
  memoryBytes: "bytes",
  network: "bytes/s",
};

const NAMES: Readonly<Record<Metric, string>> = {
  cpu: "CPU usage",
  memory: "Memory usage",
  memoryBytes: "Memory usage",
  network: "Network traffic",
};

/** Values of one object; `null` where they are unknown. */
export type Values = Readonly<Record<Metric, number | null>> & {
  /** Memory that corresponds to 100 %, bytes. */
  readonly memoryTotalBytes: number | null;
};

interface Watched {
  readonly subject: Subject;
  readonly numbers: readonly WatchedNumber[];
}

interface WatchedNumber {
  readonly metric: Metric;
  readonly limits: Thresholds;
  readonly reading: Reading;
}

interface StackSum {
  readonly watched: Watched;
  readonly members: Map<string, Values>;
}

/** The rules about numbers, applied to each new value. */
export class NumberRules {
  readonly #objects = new Map<string, Watched>();
  readonly #stacks = new Map<string, StackSum>();
  #rules: readonly Rule[] = [];

  constructor(readonly tracker: Tracker) {}

  /** Replaces the rules. */
  use(rules: readonly Rule[]): void {
    this.#rules = rules.filter(({ when }) => when.kind === "threshold");
    this.#objects.clear();
    this.#stacks.clear();
  }

  /** Reports whether a rule is about objects of a kind. */
  has(...scopes: readonly Scope[]): boolean {
    return this.#rules.some(({ when }) =>
      when.kind === "threshold" && scopes.includes(when.scope ?? "container")
    );
  }

  /** Takes a new sample of a container. */
  sampled(hostId: string, container: Container, sample: Sample): void {
    const values = valuesOf(sample);
    this.#take(this.#container(hostId, container), values);
    if (container.project === null) return;
    const stack = this.#stack(hostId, container.project);
    if (stack.watched.numbers.length === 0) return;
    stack.members.set(container.id, values);
    this.#take(stack.watched, sumOf(stack.members));
  }

  /** Takes a new reading of a host's machine. */
  measured(message: HostStatsMessage, networkRate: number | null): void {
    const { hostId, hostCpuUsage: cpu, hostMemoryBytes: used, hostMemoryTotalBytes: total } = message;
    const memory = used === null || !total ? null : used / total * 100;
    this.#take(this.#host(hostId), {
      ...{ cpu, memory, memoryBytes: used, network: networkRate, memoryTotalBytes: total },
    });
  }

  /** Forgets a container that has no numbers, or that has changed its name. */
  forget(hostId: string, { id, project }: Container): void {
    const key = `${hostId}\n${id}`;
    const watched = this.#objects.get(key);
    this.#objects.delete(key);
    if (watched !== undefined) this.#release(watched);
    const stack = project === null ? undefined : this.#stacks.get(`${hostId}\n${project}`);
    if (stack === undefined || !stack.members.delete(id)) return;
    if (stack.members.size > 0) return this.#take(stack.watched, sumOf(stack.members));
    this.#release(stack.watched);
    this.#stacks.delete(`${hostId}\n${project}`);
  }

  /** Forgets all objects of a host that cannot be read. */
  forgetHost(hostId: string): void {
    for (const objects of [this.#objects, this.#stacks]) {
      for (const key of objects.keys()) {
        if (key === `host\n${hostId}` || key.startsWith(`${hostId}\n`)) objects.delete(key);
      }
    }
  }

  #take(watched: Watched, values: Values): void {
    const { subject, numbers } = watched;
    for (const { metric, limits, reading } of numbers) {
      const value = values[metric];
      if (value === null) continue;
      const isFirst = Number.isNaN(reading.value);
      read(reading, value, this.tracker.clock.mono());
      limits.set(value, ({ rule, above }, isExceeded) => {
        if (isExceeded) this.tracker.hold(rule, subject, factsOf(metric, values, value, above), { reading });
        else this.tracker.release(rule.id, subject);
      });
      if (!isFirst) continue;
      // An alert of an earlier run, or from before an outage, is over if the first value does not show it.
      for (const { rule } of limits.others) this.tracker.release(rule.id, subject);
    }
  }

  #release({ subject, numbers }: Watched): void {
    for (const { limits } of numbers) {
      for (const { rule } of limits.exceeded) this.tracker.release(rule.id, subject);
    }
  }

  #container(hostId: string, container: Container): Watched {
    const key = `${hostId}\n${container.id}`;
    return this.#found(this.#objects, key, () => ({
      subject: containerSubject(hostId, container),
      numbers: this.#compiled("container", ({ match }) => matchesContainer(match, hostId, container)),
    }));
  }

  #host(hostId: string): Watched {
    return this.#found(this.#objects, `host\n${hostId}`, () => ({
      subject: hostSubject(hostId),
      numbers: this.#compiled("host", ({ match }) => matchesHost(match, hostId)),
    }));
  }

  #stack(hostId: string, project: string): StackSum {
    return this.#found(this.#stacks, `${hostId}\n${project}`, () => ({
      watched: {
        subject: stackSubject(hostId, project),
        numbers: this.#compiled("stack", ({ match }) => matchesStack(match, hostId, project)),
      },
      members: new Map(),
    }));
  }

  #found<T>(objects: Map<string, T>, key: string, create: () => T): T {
    const known = objects.get(key);
    if (known !== undefined) return known;
    const created = create();
    objects.set(key, created);
    return created;
  }

  #compiled(scope: Scope, applies: (rule: Rule) => boolean): Watched["numbers"] {
    const rules = this.#rules.filter((rule) => applies(rule));
    return METRICS.flatMap((metric) => {
      const limits = rules.flatMap((rule) => {
        const { when } = rule;
        if (when.kind !== "threshold" || when.metric !== metric || (when.scope ?? "container") !== scope) {
          return [];
        }
        return [{ rule, above: when.above }];
      });
      if (limits.length === 0) return [];
      return [{ metric, limits: new Thresholds(limits), reading: emptyReading() }];
    });
  }
}

function valuesOf(sample: Sample): Values {
  const { cpuUsage, memoryUsage, memoryBytes, memoryLimitBytes, networkRxRate, networkTxRate } = sample;
  const network = networkRxRate === null && networkTxRate === null
    ? null
    : (networkRxRate ?? 0) + (networkTxRate ?? 0);
  return { cpu: cpuUsage, memory: memoryUsage, memoryBytes, network, memoryTotalBytes: memoryLimitBytes };
}

/** Adds the values of a stack; a percentage of different limits has no sum. */
function sumOf(members: ReadonlyMap<string, Values>): Values {
  const sum = (metric: Metric) =>
    members.values().reduce((total, values) => total + (values[metric] ?? 0), 0);
  return {
    ...{ cpu: sum("cpu"), memory: null, memoryBytes: sum("memoryBytes"), network: sum("network") },
    memoryTotalBytes: null,
  };
}

function factsOf(metric: Metric, { memoryTotalBytes }: Values, value: number, limit: number): Facts {
  const reason = `${NAMES[metric]} is above ${shown(metric, limit)}`;
  const total = metric === "memoryBytes" ? memoryTotalBytes ?? undefined : undefined;
  return { reason, value, limit, unit: UNITS[metric], metric, memoryTotalBytes: total };
}

/** Formats a number with its unit. */
function shown(metric: Metric, value: number): string {
  if (UNITS[metric] === "percent") return `${Math.round(value * 10) / 10} %`;
  return `${byteText(value)}${metric === "network" ? "/s" : ""}`;
}
