/**
 * Removes anchors before keys, which `@std/yaml` does not support before the first key of a block.
 *
 * `&a web:` with `*a` becomes `web:` with `web`. This is exact for plain keys that are texts in every version of YAML,
 * and for anchors that a text has once.
 */
import { type Token, tokensOf, type TokenType } from "./yaml_lexer.ts";

/** A text without the anchors that could be removed. */
export interface WithoutKeyAnchors {
  readonly text: string;
  /** The first anchor or tag that is still before a key of a block. */
  readonly left: Token | undefined;
}

/** An anchor or tag before a key of a block. */
interface KeyProperty {
  readonly property: Token;
  /** Index of the key's first character. */
  readonly keyOffset: number;
  /** The key; `undefined` when it is not plain. */
  readonly key: string | undefined;
}

/** Keys that every parser reads as text. */
const PLAIN_TEXT = /^(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z][\w.-]*$/i;

/** Removes the anchors before keys, and replaces their aliases with the keys. */
export async function withoutKeyAnchors(text: string): Promise<WithoutKeyAnchors> {
  if (!/[&!]/.test(text)) return { text, left: undefined };
  const { properties, anchors, aliases } = await findProperties(text);
  const edits: { readonly start: number; readonly end: number; readonly replacement: string }[] = [];
  let left: Token | undefined;
  for (const { property, keyOffset, key } of properties) {
    const name = property.source.slice(1);
    if (property.type !== "anchor" || key === undefined || anchors.get(name) !== 1) {
      left ??= property;
      continue;
    }
    edits.push({ start: property.offset, end: keyOffset, replacement: "" });
    for (const { offset, source } of aliases.get(name) ?? []) {
      if (offset > keyOffset) edits.push({ start: offset, end: offset + source.length, replacement: key });
    }
  }
  let result = "";
  let end = 0;
  for (const edit of edits.sort((one, other) => one.start - other.start)) {
    result += text.slice(end, edit.start) + edit.replacement;
    end = edit.end;
  }
  return { text: result + text.slice(end), left };
}

async function findProperties(text: string) {
  const properties: KeyProperty[] = [];
  const anchors = new Map<string, number>();
  const aliases = new Map<string, Token[]>();
  const line = new KeyLine();
  for await (const token of tokensOf(text)) {
    const name = token.source.slice(1);
    if (token.type === "anchor") anchors.set(name, (anchors.get(name) ?? 0) + 1);
    if (token.type === "alias") {
      const same = aliases.get(name) ?? [];
      same.push(token);
      aliases.set(name, same);
    }
    const found = line.next(token);
    if (found !== undefined) properties.push(found);
  }
  return { properties, anchors, aliases };
}

const OPENS: ReadonlySet<TokenType> = new Set(["flow-map-start", "flow-seq-start"]);
const CLOSES: ReadonlySet<TokenType> = new Set(["flow-map-end", "flow-seq-end"]);
/** Tokens after which a new node starts. */
const ENDS: ReadonlySet<TokenType> = new Set(["newline", "map-value-ind", "seq-item-ind"]);

/** State between the tokens of a line: its properties, and what follows them. */
class KeyLine {
  #depth = 0;
  #property: Token | undefined;
  #isOnly = true;
  readonly #after: Token[] = [];

  /** Takes a token; returns a property once the colon of its key is there. */
  next(token: Token): KeyProperty | undefined {
    if (OPENS.has(token.type)) this.#depth++;
    if (CLOSES.has(token.type)) this.#depth = Math.max(0, this.#depth - 1);
    if (token.type === "flow-error-end") this.#depth = 0;
    if (this.#depth > 0) return undefined;
    if (ENDS.has(token.type)) return this.#end(token.type === "map-value-ind");
    if (token.type === "anchor" || token.type === "tag") {
      this.#isOnly = this.#property === undefined;
      this.#property ??= token;
    } else if (this.#property !== undefined && token.type !== "space") this.#after.push(token);
    return undefined;
  }

  #end(isKey: boolean): KeyProperty | undefined {
    const property = this.#property;
    const [key, ...more] = this.#after.splice(0);
    this.#property = undefined;
    if (!isKey || property === undefined) return undefined;
    const isPlain = this.#isOnly && key?.type === "scalar" && more.length === 0 &&
      PLAIN_TEXT.test(key.source);
    return { property, keyOffset: key?.offset ?? property.offset, key: isPlain ? key.source : undefined };
  }
}
