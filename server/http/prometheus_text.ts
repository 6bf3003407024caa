/**
 * Pure: metrics as the text that Prometheus reads, version 0.0.4 of its exposition format.
 *
 * Written here and not by the usual package, prom-client: loaded it takes 20 MB, and the server promises to make do
 * with 100; and it would keep each number a second time.
 */

/** The content type of {@linkcode prometheusText}. */
export const PROMETHEUS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** A metric with its values of this moment. */
export interface Metric {
  readonly name: string;
  /** A counter only grows while what it counts goes on; a gauge goes up and down. */
  readonly type: "gauge" | "counter";
  /** What it is, with its unit, as a sentence. */
  readonly help: string;
  /** Each value with its labels, as {@linkcode labels} writes them. */
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

/** Labels as they stand behind a name; an empty value is as good as no label. */
export function labels(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** The text; a metric without a value is left out. */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.filter(({ samples }) => samples.length > 0).map(family).join("");
}

function family({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
