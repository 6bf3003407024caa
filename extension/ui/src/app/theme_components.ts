/** Styles of MUI's components, so that all views share sizes, lines and corners. */
import type { Components } from "@mui/material";
import type { Tokens } from "./theme_tokens.ts";

/** Height of buttons and chips, of fields, and of the tabs of a page, px. */
const [BUTTON_PX, FIELD_PX, TAB_PX] = [28, 30, 40];

/** Returns the overrides for MUI's components. */
export function componentsOf(tokens: Tokens): Components {
  return { ...controls(tokens), ...fields(tokens), ...surfaces(tokens), ...navigation(tokens) };
}

/** Marks the button of an open menu, also while the menu is loading. */
const pressed = (color: string) => ({ '&[aria-expanded="true"]': { backgroundColor: color } });

const controls = ({ line, ink, panel, hover, inkMuted }: Tokens): Components => ({
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { disableElevation: true, size: "small" },
    styleOverrides: {
      root: { minWidth: 0, minHeight: BUTTON_PX, padding: "2px 10px", borderRadius: 6, whiteSpace: "nowrap" },
      outlinedPrimary: {
        color: ink,
        borderColor: line,
        backgroundColor: panel,
        "&:hover": { borderColor: line, backgroundColor: hover },
        ...pressed(hover),
      },
      startIcon: { marginLeft: -2, marginRight: 4, "& > *:nth-of-type(1)": { fontSize: 16 } },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: { borderRadius: 6, color: inkMuted, ...pressed(hover) },
      sizeSmall: { padding: 4 },
    },
  },
  MuiToggleButton: {
    styleOverrides: {
      root: {
        textTransform: "none",
        padding: "2px 10px",
        minHeight: BUTTON_PX,
        borderColor: line,
        color: inkMuted,
      },
    },
  },
  MuiChip: { styleOverrides: { root: { borderColor: line, fontSize: 12, fontWeight: 500 } } },
});

const fields = ({ line, panel }: Tokens): Components => ({
  MuiOutlinedInput: {
    styleOverrides: {
      root: { fontSize: 13, borderRadius: 6, backgroundColor: panel },
      notchedOutline: { borderColor: line },
      inputSizeSmall: { height: FIELD_PX, padding: "0 10px", boxSizing: "border-box" },
    },
  },
  MuiSelect: { styleOverrides: { select: { lineHeight: `${FIELD_PX}px` } } },
  MuiInputLabel: {
    styleOverrides: {
      root: { fontSize: 13 },
      sizeSmall: { "&:not(.MuiInputLabel-shrink)": { transform: "translate(11px, 5px) scale(1)" } },
    },
  },
  MuiInputBase: { styleOverrides: { root: { letterSpacing: 0 } } },
  MuiFormControlLabel: { styleOverrides: { label: { fontSize: 13 } } },
});

const surfaces = ({ line, shadow, panel, ink }: Tokens): Components => ({
  MuiPaper: { styleOverrides: { root: { backgroundImage: "none" }, outlined: { borderColor: line } } },
  MuiAlert: {
    styleOverrides: {
      root: { fontSize: 13, lineHeight: "20px", borderRadius: 9, alignItems: "center" },
      action: { paddingTop: 0, alignItems: "center" },
    },
  },
  MuiDialog: { styleOverrides: { paper: { borderRadius: 9, border: `1px solid ${line}` } } },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: 18, padding: "16px 20px 8px" } } },
  MuiDialogContent: { styleOverrides: { root: { padding: "8px 20px 20px" } } },
  MuiMenu: { styleOverrides: { paper: { border: `1px solid ${line}`, borderRadius: 9, boxShadow: shadow } } },
  MuiMenuItem: { styleOverrides: { root: { fontSize: 13, minHeight: 32 } } },
  MuiTooltip: {
    defaultProps: { enterDelay: 300 },
    styleOverrides: { tooltip: { fontSize: 12, color: panel, backgroundColor: ink, borderRadius: 6 } },
  },
});

const navigation = ({ line, ink, inkMuted }: Tokens): Components => ({
  MuiTabs: { styleOverrides: { root: { minHeight: TAB_PX } } },
  MuiTab: {
    styleOverrides: {
      root: {
        minHeight: TAB_PX,
        minWidth: 0,
        padding: "0 12px",
        fontSize: 13,
        fontWeight: 500,
        letterSpacing: 0,
        color: inkMuted,
        "&.Mui-selected": { color: ink },
      },
    },
  },
  MuiTableCell: {
    styleOverrides: {
      root: { fontSize: 13, borderColor: line },
      head: { fontSize: 11, lineHeight: "16px", fontWeight: 500, color: inkMuted },
    },
  },
});
