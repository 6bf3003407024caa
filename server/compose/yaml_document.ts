/** Parses YAML into nodes with positions, with pauses, so that other requests are answered meanwhile. */

type YamlPackage = typeof import("yaml");

/** A parsed document, whose nodes have ranges. */
export type YamlDocument = import("yaml").Document.Parsed;

/** Tokens between two pauses; 10,000 take about 30 ms. */
const TOKENS_PER_SLICE = 10_000;

/** Parses the first document of a text, which may have errors. Merges and repeated keys stay as they are. */
export async function parseInSlices(text: string): Promise<YamlDocument> {
  const { Composer, Lexer, Parser } = await import("yaml");
  const parser = new Parser();
  const tokens: Parameters<InstanceType<YamlPackage["Composer"]>["next"]>[0][] = [];
  let count = 0;
  for (const source of new Lexer().lex(text)) {
    tokens.push(...parser.next(source));
    if (++count % TOKENS_PER_SLICE === 0) await pause();
  }
  tokens.push(...parser.end());
  await pause();
  const composer = new Composer({ uniqueKeys: false, merge: false });
  const [document] = composer.compose(tokens, true, text.length);
  return document!;
}

/** Lets other requests run. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
