/** Pure: formats the newest sample of every container as metrics. */
import { cutTo, gauge, labels, type Metric } from "../http/prometheus_text.ts";
import type { Details } from "../docker/details.ts";
import { LABELS } from "../docker/metrics/labeled.ts";
import type { ContainerFacts, ContainerUpdate } from "../stats/update.ts";
import type { DetailsOf } from "../stats/hosts/details.ts";
import { CADVISOR_DETAILS } from "./cadvisor_details.ts";
import { OWN_METRICS } from "./own_metrics.ts";
import { CADVISOR_METRICS, cadvisorLabels, type ContainerMetric } from "./cadvisor_metrics.ts";

/** Longest value of a label, bytes. */
const LONGEST_LABEL = 128;

/** State and health, which all containers have. */
const STATE_SERIES = 2;
/** Maximum number of series of one container without those that are optional. */
export const FEWEST_SERIES = OWN_METRICS.length + STATE_SERIES + CADVISOR_METRICS.length;
/** Optional metrics, the most needed ones first; those of one name differ in a label. */
const SAME_NAME: readonly (readonly ContainerMetric[])[] = [
  ...Map.groupBy(CADVISOR_DETAILS, ({ name }) => name).values(),
];

/** Metrics that found room, and the number of series that did not. */
export interface OptionalMetrics {
  readonly metrics: readonly Metric[];
  readonly omitted: number;
}

/** Returns the metrics of all current containers that are not optional; see {@linkcode ContainerSeries}. */
export function containerMetrics(updates: readonly ContainerUpdate[]): readonly Metric[] {
  return new ContainerSeries(updates).required();
}

/**
 * The series of all current containers of hosts that can be read. A container whose numbers cannot be read has its state
 * only, because Prometheus would take an old value for a new one.
 */
export class ContainerSeries {
  readonly #current: readonly ContainerFacts[];
  readonly #values: readonly Readonly<Record<string, string>>[];
  readonly #alike: readonly Named[];
  readonly #reporters: ReadonlySet<ContainerFacts>;

  /** @param details Returns what is known beyond the sample; nothing by default. */
  constructor(updates: readonly ContainerUpdate[], details: DetailsOf = () => undefined) {
    const current = updates.map(({ facts }) => facts.stale ? { ...facts, sample: undefined } : facts);
    const values = uniqueLabels(current);
    this.#current = current;
    this.#values = values;
    // Formatted once per container, because every metric repeats them.
    this.#alike = current.map((facts, index) => namedOf(facts, cadvisorLabels(values[index]!), details));
    this.#reporters = networkReporters(current);
  }

  /** Returns the metrics that are not optional. */
  required(): readonly Metric[] {
    const named = this.#current.map((facts, index) =>
      namedOf(facts, labels(this.#values[index]!), () => undefined)
    );
    return [
      ...OWN_METRICS.map((metric) => formatted(metric, this.#numbers(metric, named))),
      ...CADVISOR_METRICS.map((metric) => formatted(metric, this.#numbers(metric, this.#alike))),
      ...stateMetrics(this.#current, this.#values),
    ];
  }

  /** Returns the optional metrics for which there is room, the most needed ones first, each for all containers alike. */
  optional(room: number): OptionalMetrics {
    const metrics: Metric[] = [];
    let [left, omitted] = [room, 0];
    for (const parts of SAME_NAME) {
      const numbers = parts.map((part) => [part, this.#numbers(part, this.#alike)] as const);
      const length = numbers.reduce((sum, [, { length }]) => sum + length, 0);
      if (omitted > 0 || length > left) {
        omitted += length;
        continue;
      }
      left -= length;
      const samples = numbers.flatMap(([part, values]) => formatted(part, values).samples);
      metrics.push({ ...formatted(parts[0]!, []), samples });
    }
    return { metrics, omitted };
  }

  /** Returns the values of a metric; texts are made of those that are shown only. */
  #numbers(metric: ContainerMetric, containers: readonly Named[]): readonly Measured[] {
    return containers.flatMap((container) => {
      const { facts, details, text } = container;
      if (metric.shared && !this.#reporters.has(facts)) return [];
      if (metric.labeled !== undefined) {
        const own = facts.sample && details?.labeled[metric.labeled] || [];
        return own.map(([own, value]): Measured => ({ text, own, value: value / (metric.divisor ?? 1) }));
      }
      const value = metric.value(facts, details);
      return typeof value === "number" ? [{ text, own: NO_LABELS, value }] : [];
    });
  }
}

/** A container with its labels and details. */
interface Named {
  readonly facts: ContainerFacts;
  readonly text: string;
  readonly details: Details | undefined;
}

/** A value with the labels of its container, and the values of further labels. */
interface Measured {
  readonly text: string;
  readonly own: readonly string[];
  readonly value: number;
}

const NO_LABELS: readonly string[] = [];

function namedOf(facts: ContainerFacts, text: string, details: DetailsOf): Named {
  return { facts, text, details: details(facts.hostId, facts.container.id) };
}

function formatted(
  { extra = {}, labeled, name, type, help }: ContainerMetric,
  numbers: readonly Measured[],
): Metric {
  const names: readonly string[] = labeled === undefined ? [] : LABELS[labeled];
  return {
    ...{ name, type, help },
    samples: numbers.map(({ text, own, value }) => {
      const more = { ...extra, ...Object.fromEntries(names.map((name, index) => [name, own[index]!])) };
      const added = labels(more).slice(1, -1);
      return [added === "" ? text : `${text.slice(0, -1)},${added}}`, value] as const;
    }),
  };
}

function stateMetrics(
  current: readonly ContainerFacts[],
  values: readonly Readonly<Record<string, string>>[],
): readonly Metric[] {
  return [
    gauge(
      "dockstat_container_state",
      "1 for the state of the container.",
      current.map(({ container: { state } }, index) => [labels({ ...values[index], state }), 1]),
    ),
    gauge(
      "dockstat_container_health",
      "1 for the result of the container's health check; absent without one.",
      current.flatMap(({ container: { health } }, index) =>
        health === null
          ? []
          : [[labels({ ...values[index], health: cutTo(health, LONGEST_LABEL) }), 1] as const]
      ),
    ),
  ];
}

/** Returns one container per network namespace, its owner if it has numbers. */
function networkReporters(containers: readonly ContainerFacts[]): ReadonlySet<ContainerFacts> {
  const found = new Map<string, ContainerFacts>();
  for (const facts of containers) {
    const { id, networkOf } = facts.container;
    const key = `${facts.hostId}/${networkOf ?? id}`;
    if (facts.sample !== undefined && (networkOf === null || !found.has(key))) found.set(key, facts);
  }
  return new Set(found.values());
}

/** Returns the labels of each container; no two are alike, because Prometheus keeps only one of such series. */
function uniqueLabels(containers: readonly ContainerFacts[]): readonly Readonly<Record<string, string>>[] {
  const seen = new Set<string>();
  return containers.map((facts) => {
    const values = labelsOf(facts);
    const keyOf = (name: string) => JSON.stringify([values["host"], name]);
    const names = [values["name"]!, longName(facts), longName(facts, facts.container.id.length)];
    const name = names.find((one) => !seen.has(keyOf(one))) ?? names[0]!;
    seen.add(keyOf(name));
    return { ...values, name };
  });
}

function labelsOf(facts: ContainerFacts): Readonly<Record<string, string>> {
  const { hostId, container: { name, image, project, service } } = facts;
  const values = { host: hostId, name, image, project: project ?? "", service: service ?? "" };
  const cut = Object.fromEntries(
    // A lone surrogate has no bytes; sent as another character, it could make two names alike.
    Object.entries(values).map(([key, text]) => [key, cutTo(text.toWellFormed(), LONGEST_LABEL)]),
  );
  return cut["name"] === name ? cut : { ...cut, name: longName(facts) };
}

/** Returns a name that remains different from others where a part of it is replaced or cut off. */
function longName({ container: { name, id } }: ContainerFacts, digits = 12): string {
  return `${cutTo(name.toWellFormed(), LONGEST_LABEL - 1 - digits)}~${id.slice(0, digits)}`;
}
