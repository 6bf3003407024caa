/**
 * Pure: formats metrics in Prometheus' text format, version 0.0.4.
 *
 * Not the usual package, prom-client: it takes 20 MB when loaded, of a memory budget of 100 MB, and would keep each
 * number a second time.
 */

/** Content type of {@linkcode prometheusText}. */
export const PROMETHEUS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** A metric with its current values. */
export interface Metric {
  readonly name: string;
  /** A counter only grows during a process's lifetime; a gauge goes up and down. */
  readonly type: "gauge" | "counter";
  /** One sentence that names the unit. */
  readonly help: string;
  /** Each value with its labels, formatted by {@linkcode labels}. */
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

/** Formats labels; Prometheus takes an empty value for an absent label. */
export function labels(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Parses what {@linkcode labels} has formatted. */
export function parseLabels(text: string): Readonly<Record<string, string>> {
  const pairs = text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, unescapeLabel(value!)]));
}

/** Keeps the first value of each series; metrics of one name become one. Prometheus expects each name and series once. */
export function distinctSeries(metrics: readonly Metric[]): readonly Metric[] {
  return [...Map.groupBy(metrics, ({ name }) => name).values()].map((alike) => {
    const seen = new Set<string>();
    const samples = alike.flatMap(({ samples }) => samples).filter(([labels]) => {
      const isNew = !seen.has(labels);
      seen.add(labels);
      return isNew;
    });
    return { ...alike[0]!, samples };
  });
}

/** Formats all metrics; a metric without values is left out. */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.filter(({ samples }) => samples.length > 0).map(family).join("");
}

function family({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

/** A lone surrogate has no bytes; sent as another character, it could make two values alike that were not. */
function escapeLabel(text: string): string {
  return escapeHelp(text.toWellFormed()).replaceAll('"', '\\"');
}

function unescapeLabel(text: string): string {
  return text.replaceAll(/\\(.)/g, (_escape, letter: string) => letter === "n" ? "\n" : letter);
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

/** Returns a metric that goes up and down. */
export function gauge(name: string, help: string, samples: Metric["samples"]): Metric {
  return { name, type: "gauge", help, samples };
}

/** Returns a metric that only grows. */
export function counter(name: string, help: string, samples: Metric["samples"]): Metric {
  return { name, type: "counter", help, samples };
}

/** Cuts a text to a number of bytes, at the end of a character. */
export function cutTo(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
