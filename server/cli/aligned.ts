/** Pure: rows of text with aligned columns. */

/** Pads all cells but the last of each row to the width of their column. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, index) => widths[index] = Math.max(widths[index] ?? 0, text.length));
  }
  return rows.map((row) => row.map((text, index) => text.padEnd(widths[index]!)).join("   ").trimEnd());
}
