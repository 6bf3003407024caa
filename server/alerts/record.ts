/** Pure: alerts as they are stored and as clients see them. */
import { hrefOf } from "./links.ts";
import type { Alert } from "../protocol/alerts/alert.ts";
import type { Metric, Rule } from "../protocol/alerts/rule.ts";
import type { MessageEvent } from "../store/alerts/alert_store.ts";
import type { NoticeItem } from "./channels/notice.ts";
import type { Subject } from "./engine/subject.ts";
import type { Facts, Tracked } from "./engine/tracked.ts";

/** An alert. Times are epoch ms. */
export interface AlertRecord extends Subject {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly kind: Rule["when"]["kind"];
  readonly began: number;
  readonly ended: number | null;
  readonly reason: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: string | null;
  /** Missing in alerts that earlier versions have stored. */
  readonly metric?: Metric | null;
  /** Bytes; missing in alerts that earlier versions have stored. */
  readonly memoryTotalBytes?: number | null;
  readonly line: string | null;
  readonly count: number;
  readonly unknown: boolean;
  readonly acknowledged: number | null;
  readonly silencedUntil: number | null;
  /** Time of the newest alarm or repeat; `null` before the first one. */
  readonly sent: number | null;
}

/** Returns a new alert. */
export function newRecord({ rule, subject, facts, began, count }: Tracked): AlertRecord {
  return {
    ...subject,
    ...{
      id: crypto.randomUUID(),
      ruleId: rule.id,
      ruleName: rule.name,
      kind: rule.when.kind,
      began,
      ended: null,
    },
    ...valuesOf(facts),
    ...{
      line: facts.line ?? null,
      count,
      unknown: false,
      acknowledged: null,
      silencedUntil: null,
      sent: null,
    },
  };
}

/** Returns the parts of an alert that change with its condition. */
export function valuesOf({ reason, value, limit, unit, metric, memoryTotalBytes }: Facts): Pick<
  AlertRecord,
  "reason" | "value" | "limit" | "unit" | "metric" | "memoryTotalBytes"
> {
  return {
    ...{ reason, value: value ?? null, limit: limit ?? null, unit: unit ?? null },
    ...{ metric: metric ?? null, memoryTotalBytes: memoryTotalBytes ?? null },
  };
}

/** Returns the facts of an alert's condition, as {@linkcode valuesOf} has stored them. */
export function factsOf({ reason, value, limit, unit, metric, memoryTotalBytes, line }: AlertRecord): Facts {
  return {
    ...{ reason, value: value ?? undefined, limit: limit ?? undefined },
    ...{ unit: unit ?? undefined, metric: metric ?? undefined, line: line ?? undefined },
    memoryTotalBytes: memoryTotalBytes ?? undefined,
  };
}

/** Time around the beginning of an alert that its curve shows, ms. */
const AROUND_MS = 1_800_000;

/** Returns an alert as clients see it. */
export function toAlert(record: AlertRecord, now: number): Alert {
  const { id, ruleId, ruleName, kind, began, hostId, containerId, name, project, service } = record;
  return {
    ...{ id, rule: { id: ruleId, name: ruleName }, kind, state: stateOf(record, now) },
    ...{ since: iso(began), endedAt: isoOrNull(record.ended) },
    ...{ hostId, containerId, name, project, service },
    ...{ reason: record.reason, value: record.value, limit: record.limit, unit: record.unit },
    ...{
      metric: record.metric ?? null,
      memoryTotalBytes: record.memoryTotalBytes ?? null,
      line: record.line,
      count: record.count,
      acknowledgedAt: isoOrNull(record.acknowledged),
    },
    ...{ silencedUntil: isoOrNull(record.silencedUntil), sent: record.sent !== null, curve: curveOf(record) },
    ...hrefOf(record),
  };
}

/** Returns the state of an alert. */
export function stateOf(
  { ended, unknown, silencedUntil, acknowledged }: AlertRecord,
  now: number,
): Alert["state"] {
  if (ended !== null) return "resolved";
  if (unknown) return "unknown";
  if (silencedUntil !== null && silencedUntil > now) return "silenced";
  return acknowledged === null ? "firing" : "acknowledged";
}

/** Returns an alert as messages show it. */
export function toItem(record: AlertRecord, event: MessageEvent, now: number, base: string): NoticeItem {
  const { id, ruleId, hostId, containerId, name, project, service, reason, value, unit, line, count } =
    record;
  return {
    ...{ id, event, rule: record.ruleName, ruleId, state: stateOf(record, now), host: hostId },
    ...{
      container: containerId === null ? null : name,
      project,
      service,
      name,
      reason,
      value,
      unit,
      line,
      count,
    },
    ...{ since: iso(record.began), ended: isoOrNull(record.ended) },
    link: `${base}/${hrefOf(record).page}`,
  };
}

function curveOf({ hostId, containerId, project, kind, began }: AlertRecord): string | null {
  if (hostId === null || kind === "log" || kind === "absence") return null;
  if (containerId === null && project !== null) return null;
  const span = `since=${iso(began - AROUND_MS)}&until=${iso(began + AROUND_MS)}`;
  const of = containerId === null
    ? `host=${encodeURIComponent(hostId)}&kind=host`
    : `container=${containerId}`;
  return `/history?${of}&${span}&points=200`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
