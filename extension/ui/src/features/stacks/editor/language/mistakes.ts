/** Pure: all mistakes of a compose file at once: unknown keys, wrong kinds of values, and names that do not exist. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { EditorIssue } from "../issues.ts";
import { LANGUAGE_LABELS } from "../../model/plan/labels_language.ts";
import { closest } from "./closest.ts";
import { type Path, type Place, placeAt, type ValueKind } from "./spec.ts";

/** Longest text that is read at each pause, characters. */
const MOST_TEXT = 200_000;
/** Largest number of mistakes. */
const MOST = 50;
/** Keys of a service that name entries of the root, by their heading there. */
const REFERENCES: Readonly<Record<string, string>> = {
  depends_on: "services",
  networks: "networks",
  configs: "configs",
  secrets: "secrets",
};

/** Finds the mistakes, from the first line to the last. */
export function findMistakes(text: string): readonly EditorIssue[] {
  if (text.length > MOST_TEXT) return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const finder = new Finder(lines);
  for (const { message, pos: [from] } of document.errors) finder.add(from, message);
  if (document.errors.length === 0 && document.contents !== null) {
    finder.root(document.contents as Node);
  }
  return finder.issues.toSorted((one, other) => one.line! - other.line!);
}

class Finder {
  readonly issues: EditorIssue[] = [];
  readonly #names = new Map<string, readonly string[]>();

  constructor(readonly lines: LineCounter) {}

  add(offset: number, message: string): void {
    if (this.issues.length >= MOST) return;
    const { line, col: column } = this.lines.linePos(offset);
    this.issues.push({ path: "compose", line, column, message, severity: "error", place: "compose" });
  }

  root(node: Node): void {
    if (isMap(node)) {
      for (const heading of new Set(Object.values(REFERENCES))) {
        const found = node.get(heading, true);
        this.#names.set(
          heading,
          isMap(found) ? found.items.map(keyOf).filter((key) => key !== undefined) : [],
        );
      }
    }
    this.#value(node, []);
  }

  #value(node: Node | null, path: Path): void {
    const place = placeAt(path);
    // An alias or a variable may have any kind.
    if (place === undefined || node === null || isAlias(node)) return;
    const kind = kindOf(node);
    if (place.kinds.size > 0 && !place.kinds.has(kind) && !isVariable(node)) {
      this.add(node.range?.[0] ?? 0, LANGUAGE_LABELS.kind(String(path.at(-1) ?? ""), [...place.kinds], kind));
      return;
    }
    if (isMap(node)) {
      for (const pair of node.items) {
        this.#pair(pair as Pair<Node, Node | null>, path, place);
      }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) this.#value(item as Node, [...path, index]);
    }
    this.#references(node, path);
  }

  #pair(pair: Pair<Node, Node | null>, path: Path, { keys, isClosed }: Place): void {
    const key = keyOf(pair);
    if (key === undefined || key === "<<") return;
    if (isClosed && !keys.has(key) && !key.startsWith("x-")) {
      const message = LANGUAGE_LABELS.unknownKey(key, closest(key, [...keys.keys()]));
      return this.add(pair.key.range?.[0] ?? 0, message);
    }
    this.#value(pair.value, [...path, key]);
  }

  /** Checks the names that a service refers to. */
  #references(node: Node, [first, , key, ...rest]: Path): void {
    const heading = first === "services" && rest.length === 0 ? REFERENCES[String(key)] : undefined;
    if (heading === undefined) return;
    const known = [...this.#names.get(heading) ?? [], ...heading === "networks" ? ["default"] : []];
    const entries = isMap(node)
      ? node.items.map((pair) => (pair as Pair<Node>).key)
      : isSeq(node)
      ? node.items
      : [];
    for (const entry of entries) {
      if (!isScalar(entry) || typeof entry.value !== "string" || entry.value.includes("$")) continue;
      if (known.includes(entry.value)) continue;
      this.add(
        entry.range?.[0] ?? 0,
        LANGUAGE_LABELS.unknownName(heading, entry.value, closest(entry.value, known)),
      );
    }
  }
}

function keyOf(pair: unknown): string | undefined {
  const { key } = pair as Pair<Node>;
  // The key of a merge is a symbol.
  return isScalar(key) && typeof key.value !== "symbol" ? String(key.value) : undefined;
}

function kindOf(node: Node): ValueKind {
  if (isMap(node)) return "mapping";
  if (isSeq(node)) return "list";
  return isScalar(node) && node.value === null ? "nothing" : "scalar";
}

/** Nothing is written while a value is typed, and a variable becomes any value. */
function isVariable(node: Node): boolean {
  return isScalar(node) && (node.value === null || String(node.value).includes("$"));
}
