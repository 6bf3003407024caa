/** How the tables of this view look: lines in the colour of the theme, and columns that stand under each other. */
export const TABLE_LOOK = {
  tableLayout: "fixed",
  "& .MuiTableCell-root": { borderColor: "divider" },
  "& tbody tr:last-of-type .MuiTableCell-root": { borderBottom: 0 },
} as const;
