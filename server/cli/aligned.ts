/** Pure: rows of text with aligned columns. */
import { type Color, painted } from "./color.ts";

/**
 * Pads all cells but the last of each row to the width of their column.
 *
 * @param colorOf Returns the color of a cell by its text and the number of its column.
 */
export function aligned(
  rows: readonly (readonly string[])[],
  colorOf: (text: string, column: number) => Color | undefined = () => undefined,
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, index) => widths[index] = Math.max(widths[index] ?? 0, text.length));
  }
  return rows.map((row) => {
    const cells = row.map((text, index) => painted(text, colorOf(text, index)) + pad(text, widths[index]!));
    return cells.join("   ").trimEnd();
  });
}

function pad(text: string, width: number): string {
  return " ".repeat(width - text.length);
}
