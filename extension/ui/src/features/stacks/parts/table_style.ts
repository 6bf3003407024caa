import type { SxProps, Theme } from "@mui/material";

/** Styles of the tables of this feature: lines in the theme's color, and fixed columns. */
export const TABLE_STYLE = {
  tableLayout: "fixed",
  "& .MuiTableCell-root": { borderColor: "divider" },
  "& tbody tr:last-of-type .MuiTableCell-root": { borderBottom: 0 },
} as const;

/**
 * Styles of a table whose rows are cards on a phone.
 *
 * @param areas Lines of a card; each cell has the class of its area.
 * @param minWidth Narrowest table, px.
 */
export function cardStyle(areas: readonly string[], minWidth: number): SxProps<Theme> {
  const names = new Set(areas.flatMap((line) => line.split(" ")));
  const columns = areas[0]!.split(" ").length;
  return (theme) => ({
    ...TABLE_STYLE,
    minWidth,
    "& .caption": { display: "none" },
    [theme.breakpoints.down("sm")]: {
      minWidth: 0,
      display: "block",
      "& thead": { display: "none" },
      "& tbody": { display: "block" },
      "& tr": {
        display: "grid",
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateAreas: areas.map((line) => `"${line}"`).join(" "),
        padding: 1,
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      "& .MuiTableCell-root": { display: "block", border: 0, padding: "2px 4px", textAlign: "left" },
      "& .caption": { display: "block", color: theme.palette.text.secondary },
      ...Object.fromEntries([...names].map((area) => [`& .${area}`, { gridArea: area }])),
    },
  });
}
