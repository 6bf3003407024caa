/**
 * Rewrites built files so that the runtime needs less memory for them (decision 0032): maps with one position per line
 * of the source, and code in ASCII, whose strings take one byte per character.
 */
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/** The part of a source map that is rewritten. */
interface SourceMap {
  readonly names: readonly string[];
  readonly mappings: string;
}

const NOT_ASCII = /[^\0-\x7f]/g;
/** Number of characters that an escape adds. */
const LONGER = "\\uffff".length - 1;

/** Rewrites the built JavaScript files of a folder, and their maps; a file that only exports others has no map. */
export async function makeLean(folder: URL): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".js.map")) continue;
    const map = new URL(name, folder);
    const file = new URL(name.slice(0, -".map".length), folder);
    const code = await Deno.readTextFile(file);
    const lean = leanMap(JSON.parse(await Deno.readTextFile(map)), code);
    await Deno.writeTextFile(map, JSON.stringify(lean));
    await Deno.writeTextFile(file, inAscii(code));
  }
}

/** Returns code with escapes for characters beyond ASCII, which occur only in strings and patterns. */
export function inAscii(code: string): string {
  return code.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Returns the map for the result of {@linkcode inAscii}, with one position per source line and no names. */
export function leanMap<Map extends SourceMap>(map: Map, code: string): Map {
  const lines = code.split("\n");
  const mappings = decode(map.mappings).map((segments, index) => leanLine(segments, lines[index] ?? ""));
  return { ...map, names: [], mappings: encode(mappings) };
}

function leanLine(segments: readonly SourceMapSegment[], line: string): SourceMapSegment[] {
  const escaped = [...line.matchAll(NOT_ASCII)].map(({ index }) => index);
  const lean: SourceMapSegment[] = [];
  let before = 0;
  for (const [column, source, sourceLine, sourceColumn] of segments) {
    const last = lean.at(-1);
    if (last !== undefined && last[1] === source && last[2] === sourceLine) continue;
    while (before < escaped.length && escaped[before]! < column) before++;
    const moved = column + before * LONGER;
    lean.push(source === undefined ? [moved] : [moved, source, sourceLine!, sourceColumn!]);
  }
  return lean;
}
