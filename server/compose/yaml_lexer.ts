/** Splits YAML into tokens, with pauses, so that other requests are answered meanwhile. */

type YamlPackage = typeof import("yaml");

/** Type of a token; `scalar` for the text of a plain or block scalar, `null` for text that is not YAML. */
export type TokenType = ReturnType<YamlPackage["CST"]["tokenType"]>;

/** Part of a YAML text. */
export interface Token {
  readonly type: TokenType;
  readonly source: string;
  /** Index of its first character in the text. */
  readonly offset: number;
}

/** Tokens between two pauses; 20,000 take about 20 ms. */
const TOKENS_PER_SLICE = 20_000;

/** Marks of the lexer: the text of a scalar follows, the document starts, a flow collection has no end. */
const [SCALAR, DOCUMENT, FLOW_ERROR] = ["\x1f", "\x02", "\x18"];

/** Reads the tokens of a text in order; together they are the text. */
export async function* tokensOf(text: string): AsyncGenerator<Token> {
  const { Lexer, CST } = await import("yaml");
  let offset = 0;
  let count = 0;
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    if (++count % TOKENS_PER_SLICE === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    if (source === SCALAR) {
      isScalar = true;
      continue;
    }
    if (source === DOCUMENT) continue;
    if (source === FLOW_ERROR) {
      yield { type: "flow-error-end", source: "", offset };
      continue;
    }
    yield { type: isScalar ? "scalar" : CST.tokenType(source), source, offset };
    isScalar = false;
    offset += source.length;
  }
}
