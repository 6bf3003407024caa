/** Options shared by several paths. */
import { parseDuration } from "../duration.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Handler, RoutedRequest } from "../http/router.ts";
import { parseMoment } from "../moment.ts";

/** Number of hosts or containers that a request may name. */
const MOST_FILTERS = 100;
const CONTAINER = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/;

/** Wraps a handler of a path that takes no options. */
export function withoutOptions(handler: Handler): Handler {
  return (call: RoutedRequest) => {
    parseOptions(call.url.searchParams, {});
    return handler(call);
  };
}

/** One of a list of values. */
export function oneOf<T extends string>(allowed: readonly T[]): Option<T> {
  const expected = allowed.length === 1 ? `"${allowed[0]}"` : `one of ${allowed.join(", ")}`;
  return { parse: (text) => allowed.find((name) => name === text), expected };
}

/** A duration within bounds, ms. */
export function duration(
  minMs: number,
  maxMs: number,
  expected: string,
  parser: (text: string) => number | undefined = parseDuration,
): Option<number> {
  const parse = (text: string) => {
    const ms = parser(text);
    return ms === undefined || ms < minMs || ms > maxMs ? undefined : ms;
  };
  return { parse, expected };
}

/** A time, or a time ago by DockStat's clock; epoch ms. */
export const moment: Option<number> = {
  parse: (text) => {
    const ago = parseDuration(text);
    if (ago !== undefined) return Date.now() - ago;
    const ns = parseMoment(text);
    return ns === undefined ? undefined : Number(ns / 1_000_000n);
  },
  expected: "a duration such as 12h, or a time such as 2026-08-01T12:00:00Z",
};

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): Option<number> {
  const parse = (text: string) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return number >= least && number <= most ? number : undefined;
  };
  return { parse, expected: `a whole number from ${least} to ${most}` };
}

/** A configured host; repeatable, 100 at most. */
export function hostOption(hostIds: readonly string[]): Option<string> {
  const known = hostIds.map((id) => `"${id}"`).join(", ");
  return {
    parse: (text) => hostIds.includes(text) ? text : undefined,
    expected: `the id of a configured host: ${known}`,
    repeatable: true,
    max: MOST_FILTERS,
  };
}

/** A container by name or start of its id; repeatable, 100 at most. */
export const container: Option<string> = {
  parse: (text) => CONTAINER.test(text) ? text.replace(/^\//, "") : undefined,
  expected: "a container's name, or the start of its id",
  repeatable: true,
  max: MOST_FILTERS,
};
