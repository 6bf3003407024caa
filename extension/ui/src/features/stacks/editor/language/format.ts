/** Pure: formats a compose file and keeps its comments. */
import { parseDocument } from "yaml";

/** An inner list or mapping that is written with spaces: `[ a ]`, `{ a: b }`. */
const PADDED = /[[{] +[^\s\]}]/;

/** Returns the text with regular indentation; `undefined` if it is not valid YAML. */
export function formatCompose(text: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  return document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: PADDED.test(text) });
}
