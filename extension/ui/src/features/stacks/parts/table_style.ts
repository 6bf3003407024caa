/** Styles of the tables of this feature: lines in the theme's color, and fixed columns. */
export const TABLE_STYLE = {
  tableLayout: "fixed",
  "& .MuiTableCell-root": { borderColor: "divider" },
  "& tbody tr:last-of-type .MuiTableCell-root": { borderBottom: 0 },
} as const;
