/** Pure: metrics → bodies of OpenTelemetry's export requests (OTLP/HTTP, JSON). */
import { type Metric, parseLabels } from "../http/prometheus_text.ts";
import { VERSION } from "../version.ts";

/** Largest number of data points of one request. */
const MOST_POINTS = 2000;

/** Sums count from the start of what is measured, not from the previous export. */
const CUMULATIVE = 2;

/** Time and origin of an export. */
export interface ExportOptions {
  /** Unix time of the values, ms. */
  readonly atMs: number;
  /** Text that differs between servers, and remains the same between exports. */
  readonly instance: string;
  /** Largest number of data points of a body. */
  readonly mostPoints?: number;
}

type Sample = Metric["samples"][number];

/** Part of a metric that fits into a request. */
interface Part {
  readonly metric: Metric;
  readonly samples: readonly Sample[];
}

/** Returns the bodies of the requests that export all metrics, one after the other; none without a value. */
export function* exportRequests(metrics: readonly Metric[], options: ExportOptions): Iterable<string> {
  for (const parts of partsOf(metrics, options.mostPoints ?? MOST_POINTS)) {
    yield JSON.stringify({
      resourceMetrics: [{
        resource: { attributes: attributesOf(resource(options.instance)) },
        scopeMetrics: [{
          scope: { name: "dockstat", version: VERSION },
          metrics: parts.map((part) => metricOf(part, options.atMs)),
        }],
      }],
    });
  }
}

function resource(instance: string): Readonly<Record<string, string>> {
  return { "service.name": "dockstat", "service.version": VERSION, "service.instance.id": instance };
}

/** Divides metrics into lists with a bounded number of values. */
function* partsOf(metrics: readonly Metric[], most: number): Iterable<readonly Part[]> {
  let parts: Part[] = [];
  let room = most;
  for (const metric of metrics) {
    // JSON has no NaN and no infinity.
    const finite = metric.samples.filter(([, value]) => Number.isFinite(value));
    for (let start = 0; start < finite.length;) {
      const samples = finite.slice(start, start + room);
      parts.push({ metric, samples });
      start += samples.length;
      room -= samples.length;
      if (room > 0) continue;
      yield parts;
      parts = [];
      room = most;
    }
  }
  if (parts.length > 0) yield parts;
}

/** Returns a metric without a unit, because receivers add units to names. */
function metricOf({ metric: { name, help, type }, samples }: Part, atMs: number): unknown {
  const isWhole = /_bytes(_total)?$/.test(name);
  const dataPoints = samples.map(([labels, value]) => ({
    attributes: attributesOf(parseLabels(labels)),
    timeUnixNano: nanoseconds(atMs),
    ...isWhole && Number.isSafeInteger(value) ? { asInt: String(value) } : { asDouble: value },
  }));
  const data = type === "gauge"
    ? { gauge: { dataPoints } }
    : { sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } };
  return { name, description: help, ...data };
}

/** Returns attributes; an empty label of Prometheus is an absent one. */
function attributesOf(values: Readonly<Record<string, string>>): readonly unknown[] {
  return Object.entries(values)
    .filter(([, text]) => text !== "")
    .map(([key, text]) => ({ key, value: { stringValue: text } }));
}

/** Formats a time as the decimal text that JSON uses for 64 bits. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n);
}
