/** Pure: selection and order of the live table, and the keys that change them. */
import type { DetailedStatsMessage } from "../../protocol/stats.ts";
import type { Sort, StatsRequest } from "./flags.ts";

/** State of the live table that keys change. */
export interface View {
  readonly sort: Sort | undefined;
  readonly filter: string;
  /** True while the filter is typed. */
  readonly typing: boolean;
}

const SORT_KEYS: Readonly<Record<string, Sort>> = { c: "cpu", m: "mem", n: "name", t: "net" };
const ENTER = ["\r", "\n"];
const DELETE = ["\x08", "\x7f"];
const ESCAPE = "\x1b";

/** Returns the view after some typed characters; `undefined` to quit. */
export function afterKeys(view: View, typed: string): View | undefined {
  // An escape sequence, such as that of an arrow, is one key without a meaning here.
  if (typed.length > 1 && typed.startsWith(ESCAPE)) return view;
  let next: View | undefined = view;
  for (const key of typed) next = next && afterKey(next, key);
  return next;
}

function afterKey(view: View, key: string): View | undefined {
  // Ctrl-C and Ctrl-D, where the terminal passes them on.
  if (key === "\x03" || key === "\x04") return undefined;
  if (view.typing) return afterFilterKey(view, key);
  if (key === "q") return undefined;
  if (key === "/") return { ...view, typing: true };
  if (key === ESCAPE) return { ...view, filter: "" };
  return Object.hasOwn(SORT_KEYS, key) ? { ...view, sort: SORT_KEYS[key] } : view;
}

function afterFilterKey(view: View, key: string): View {
  if (ENTER.includes(key)) return { ...view, typing: false };
  if (key === ESCAPE) return { ...view, typing: false, filter: "" };
  if (DELETE.includes(key)) return { ...view, filter: view.filter.slice(0, -1) };
  return key >= " " ? { ...view, filter: view.filter + key } : view;
}

/** Reports whether a container has a name, or an id with this beginning. */
export function isNamed({ name, id }: Pick<DetailedStatsMessage, "name" | "id">, text: string): boolean {
  return name === text || text.length > 0 && /^[0-9a-f]+$/.test(text) && id.startsWith(text);
}

/** Returns the containers of a request that pass a filter. */
export function selected(
  messages: readonly DetailedStatsMessage[],
  { names, hostId, hostIds }: Pick<StatsRequest, "names" | "hostId" | "hostIds">,
  filter = "",
): readonly DetailedStatsMessage[] {
  const text = filter.toLowerCase();
  return messages.filter((one) =>
    (hostId === undefined || one.hostId === hostId) && (hostIds?.has(one.hostId) ?? true) &&
    (names.length === 0 || names.some((name) => isNamed(one, name))) &&
    [one.name, one.image, one.hostId, one.project ?? ""].some((part) => part.toLowerCase().includes(text))
  );
}

/** Returns the names of a request that no container has. */
export function missingNames(
  messages: readonly DetailedStatsMessage[],
  { names }: Pick<StatsRequest, "names">,
): readonly string[] {
  return names.filter((name) => !messages.some((one) => isNamed(one, name)));
}

/** Sorts containers: those with the largest number first, or by state, host and name. */
export function sorted(
  messages: readonly DetailedStatsMessage[],
  sort: Sort | undefined,
): readonly DetailedStatsMessage[] {
  return [...messages].sort((one, other) => compare(one, other, sort) || byName(one, other));
}

function compare(one: DetailedStatsMessage, other: DetailedStatsMessage, sort: Sort | undefined): number {
  if (sort === "name") return one.name.localeCompare(other.name, undefined, { numeric: true });
  if (sort !== undefined) return numberOf(other, sort) - numberOf(one, sort) || rank(one) - rank(other);
  return rank(one) - rank(other);
}

/** Returns a number to sort by; one that is not known comes last. */
function numberOf(message: DetailedStatsMessage, sort: "cpu" | "mem" | "net"): number {
  const { timestamp, cpuUsage, memoryBytes, networkRxBytes, networkTxBytes } = message;
  if (timestamp === null) return -1;
  if (sort === "cpu") return cpuUsage ?? -1;
  if (sort === "mem") return memoryBytes ?? -1;
  return networkRxBytes === null && networkTxBytes === null
    ? -1
    : (networkRxBytes ?? 0) + (networkTxBytes ?? 0);
}

function rank({ state }: DetailedStatsMessage): number {
  return state === "running" ? 0 : 1;
}

function byName(one: DetailedStatsMessage, other: DetailedStatsMessage): number {
  return one.hostId.localeCompare(other.hostId) ||
    one.name.localeCompare(other.name, undefined, { numeric: true });
}
