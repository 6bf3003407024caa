import { Button, IconButton, type Theme, useMediaQuery } from "@mui/material";
import { SearchIcon } from "../../components/icons.tsx";
import { COLORS } from "../../components/design/tokens.ts";
import { PALETTE } from "./labels_palette.ts";

/** Button that opens the palette; an icon on a phone. */
export function SearchButton({ onClick }: { readonly onClick: () => void }) {
  const wide = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.up("md"));
  if (!wide) {
    return (
      <IconButton aria-label={PALETTE.open} onClick={onClick} sx={{ width: 44, height: 44 }}>
        <SearchIcon fontSize="small" />
      </IconButton>
    );
  }
  return (
    <Button onClick={onClick} startIcon={<SearchIcon />} sx={WIDE}>
      <span>{PALETTE.open}</span>
      <kbd>{PALETTE.keys}</kbd>
    </Button>
  );
}

const WIDE = {
  width: 240,
  justifyContent: "flex-start",
  color: COLORS.inkQuiet,
  bgcolor: COLORS.canvas,
  border: `1px solid ${COLORS.line}`,
  "& span:nth-of-type(2)": { flexGrow: 1, textAlign: "start" },
  "& kbd": {
    font: "inherit",
    fontSize: 11,
    px: 0.5,
    border: `1px solid ${COLORS.line}`,
    borderRadius: "4px",
  },
} as const;
