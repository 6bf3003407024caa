/** Pure: numbers of a container that have further labels, such as one number per state of a connection. */
import { countOf, fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

/** Names of the labels of each kind of numbers, as cAdvisor writes them. */
export const LABELS = {
  tcp: ["tcp_state"],
  tcp6: ["tcp_state"],
  udp: ["udp_state"],
  udp6: ["udp_state"],
  tasks: ["state"],
  numaPages: ["type", "scope", "node"],
  hugeUsage: ["pagesize"],
  hugeMax: ["pagesize"],
  hugeFailures: ["pagesize"],
  deviceBytes: ["device", "major", "minor", "operation"],
  cpuUserNs: ["cpu"],
  cpuSystemNs: ["cpu"],
} as const;

/** One kind of numbers with labels. */
export type LabeledKind = keyof typeof LABELS;

/** A number with the values of its labels. */
export type LabeledNumber = readonly [labels: readonly string[], value: number];

/** Numbers with labels; a kind that could not be read is missing. */
export type Labeled = Readonly<Partial<Record<LabeledKind, readonly LabeledNumber[]>>>;

/** Maximum number of values of one kind and container. */
export const MOST_LABELED = 64;

/** Reads numbers with labels, and drops values of other types and with other labels. */
export function toLabeled(value: unknown): Labeled {
  const fields = fieldsOf(value);
  const kinds = Object.entries(LABELS).filter(([kind]) => fields[kind] !== undefined);
  return Object.fromEntries(
    kinds.map(([kind, { length }]) =>
      [
        kind,
        itemsOf(fields[kind]).slice(0, MOST_LABELED).flatMap((item) => numberOf(item, length) ?? []),
      ] as const
    ),
  );
}

function numberOf(item: unknown, length: number): [LabeledNumber] | undefined {
  const [labels, value] = itemsOf(item);
  const [texts, number] = [itemsOf(labels).map(textOf), countOf(value)];
  const isValid = (text: string | undefined) => text !== undefined && /^[\w./:-]{0,64}$/.test(text);
  if (number === undefined || texts.length !== length || !texts.every(isValid)) return undefined;
  return [[texts as string[], number]];
}

/** Returns the bytes of each device in an engine's answer, which names no devices. */
export function deviceBytesOf(operations: readonly unknown[]): readonly LabeledNumber[] {
  return operations.map(fieldsOf).flatMap(({ major, minor, op, value }) => {
    const operation = OPERATIONS[textOf(op)?.toLowerCase() ?? ""];
    const [one, other, bytes] = [countOf(major), countOf(minor), countOf(value)];
    if (one === undefined || other === undefined || bytes === undefined || operation === undefined) return [];
    return [[["", `${one}`, `${other}`, operation], bytes] as const];
  }).slice(0, MOST_LABELED);
}

const OPERATIONS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  read: "Read",
  write: "Write",
});
