/** Pure: the texts of `GET /history`. */
import { cellNames, CONTAINER_COLUMNS, HOST_COLUMNS, type KeptCurve } from "../protocol/past/history.ts";
import type { SeriesKind } from "../store/history/history_store.ts";

/** Time span of an answer, epoch ms. */
interface Span {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Yields the answer as JSON, one curve at a time. */
export function* jsonChunks(curves: Iterable<KeptCurve>, { sinceMs, untilMs }: Span): Generator<string> {
  const [since, until] = [sinceMs, untilMs].map((ms) => new Date(ms).toISOString());
  yield `{"since":"${since}","until":"${until}","series":[`;
  let separator = "";
  for (const curve of curves) {
    yield separator + JSON.stringify(curve);
    separator = ",";
  }
  yield "]}";
}

/**
 * Yields the answer as CSV (RFC 4180), one curve at a time.
 *
 * @param kinds Kinds of the curves, which decide on the columns.
 */
export function* csvChunks(curves: Iterable<KeptCurve>, kinds: ReadonlySet<SeriesKind>): Generator<string> {
  const columns = new Set([
    ...kinds.has("host") ? HOST_COLUMNS : [],
    ...kinds.has("container") || kinds.size === 0 ? CONTAINER_COLUMNS : [],
  ]);
  const [, ...cells] = cellNames([...columns]);
  yield `${["time", "hostId", "key", "name", ...cells].join(",")}\r\n`;
  for (const { hostId, key, name, columns, history } of curves) {
    const places = cells.map((cell) => columns.indexOf(cell));
    const names = [hostId, key, name].map(csvText).join(",");
    const lines = history.map((row) => {
      const time = new Date(row[0]!).toISOString();
      return `${time},${names},${places.map((place) => row[place] ?? "").join(",")}\r\n`;
    });
    yield lines.join("");
  }
}

/** Quotes a text, and keeps spreadsheets from reading it as a formula. */
function csvText(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
