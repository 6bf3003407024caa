/** Names of the columns of the containers table. */

/** Columns in display order. */
export const COLUMN_IDS = [
  "name",
  "image",
  "cpu",
  "memory",
  "network",
  "block",
  "pids",
  "status",
  "host",
] as const;
/** One of {@linkcode COLUMN_IDS}. */
export type ColumnId = (typeof COLUMN_IDS)[number];
