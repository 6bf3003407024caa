/** Pure: texts of messages, in plain characters, and the values of templates. */
import type { TemplateName } from "../../protocol/alerts/channel.ts";

/** One alert in a message. Times are ISO 8601, UTC. */
export interface NoticeItem {
  readonly id: string;
  readonly event: "alarm" | "repeat" | "recovery" | "test";
  readonly rule: string;
  readonly ruleId: string;
  readonly state: string;
  readonly host: string | null;
  readonly container: string | null;
  readonly project: string | null;
  readonly service: string | null;
  readonly name: string | null;
  readonly reason: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly since: string;
  readonly ended: string | null;
  readonly line: string | null;
  readonly count: number;
  /** Address of the dashboard page about the alert. */
  readonly link: string;
}

/** A message: one alert, or a summary of several. */
export interface Notice {
  /** The same for each attempt. */
  readonly key: string;
  readonly items: readonly [NoticeItem, ...NoticeItem[]];
}

/** Longest name or line in a message, characters. */
const LONGEST = 200;
/** Alerts that a summary lists. */
const MOST_LISTED = 20;

// deno-lint-ignore no-control-regex -- they are what is removed
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Returns a text without control characters and marks of direction, 200 characters at most. */
export function plain(text: string): string {
  const clean = text.toWellFormed().replace(UNPRINTABLE, " ").trim();
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1).toWellFormed()}…`;
}

/** Returns the title of a message. */
export function titleOf({ items }: Notice): string {
  const [first] = items;
  if (items.length > 1) return `${items.length} alerts`;
  if (first.event === "test") return plain(`Test (${plain(first.name ?? first.rule)})`);
  const what = EVENTS[first.event];
  return plain(`${what}: ${plain(first.rule)}${first.name === null ? "" : ` (${plain(first.name)})`}`);
}

/** Returns the text of a message; lines are separated by line breaks. */
export function textOf({ items }: Notice): string {
  if (items.length === 1) return lines(items[0]).join("\n");
  const listed = items.slice(0, MOST_LISTED).map((item) => `${EVENTS[item.event]}: ${sentence(item)}`);
  const more = items.length - listed.length;
  return [...listed, ...more > 0 ? [`and ${more} more`] : []].join("\n");
}

const EVENTS = { alarm: "Alert", repeat: "Still", recovery: "Resolved", test: "Test" } as const;

function sentence({ name, reason, rule, host }: NoticeItem): string {
  const where = host === null || host === name ? "" : ` on ${plain(host)}`;
  return `${plain(name ?? rule)}${where}: ${plain(reason)}`;
}

function lines(item: NoticeItem): string[] {
  const { event, since, ended, line, count, link } = item;
  return [
    sentence(item),
    `Since ${since}${ended === null ? "" : `, until ${ended} (${duration(since, ended)})`}`,
    ...line === null ? [] : [`Line: ${plain(line)}${count > 1 ? ` (${count} matches)` : ""}`],
    ...event === "test" ? [] : [link],
  ];
}

function duration(since: string, ended: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(ended) - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Returns the values that a template can use. */
export function templateValues(notice: Notice): Readonly<Record<TemplateName, string>> {
  const [item] = notice.items;
  return {
    ...{ id: item.id, event: item.event, rule: plain(item.rule), state: item.state },
    ...{ host: plain(item.host ?? ""), container: plain(item.container ?? "") },
    ...{ project: plain(item.project ?? ""), service: plain(item.service ?? ""), reason: plain(item.reason) },
    ...{ value: item.value === null ? "" : String(item.value), since: item.since, ended: item.ended ?? "" },
    ...{ line: plain(item.line ?? ""), link: item.link, title: titleOf(notice), message: textOf(notice) },
    count: String(item.count),
  };
}

/**
 * Replaces names in braces in the texts of a template. Keys stay as they are, a value is never searched for names, and
 * only the given names exist.
 */
export function fillTemplate(template: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof template === "string") {
    return template.replace(/\{\{([^{}]*)\}\}/g, (whole, name: string) => {
      const key = name.trim();
      return Object.hasOwn(values, key) ? values[key]! : whole;
    });
  }
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fillTemplate(value, values)]),
  );
}
