/**
 * Themes of the page. Docker Desktop provides its own; a plain browser gets the palette that Docker publishes for its
 * extensions. All colors are defined in this file.
 */
// Declares the global that holds Docker Desktop's themes.
import type {} from "@docker/docker-mui-theme";
import type { ThemeOptions } from "@mui/material";

const blue = {
  100: "#e5f2fc",
  200: "#c0e0fa",
  300: "#8bc7f5",
  400: "#1c90ed",
  500: "#086dd7",
  600: "#0055bf",
  700: "#00429e",
  800: "#003f8c",
};
const grey = {
  100: "#f4f4f6",
  200: "#e1e2e6",
  300: "#c4c8d1",
  400: "#8993a5",
  500: "#5e687a",
  600: "#505968",
  700: "#393f49",
  800: "#17191e",
};
const red = {
  100: "#fdeaea",
  200: "#f6cfd0",
  300: "#f39a9f",
  400: "#ee6f78",
  500: "#c42033",
  600: "#ad001e",
  700: "#890018",
  800: "#6b0013",
};
const green = {
  100: "#e6f5f3",
  200: "#c6eae1",
  300: "#88d5c0",
  400: "#3ba08d",
  500: "#1f7066",
  600: "#1e6c5f",
  700: "#105042",
  800: "#00372b",
};
const amber = {
  100: "#fffaeb",
  200: "#fcedc2",
  300: "#faddb0",
  400: "#e8b266",
  500: "#945c00",
  600: "#8a5a03",
  700: "#714402",
  800: "#4a2c01",
};
const violet = {
  100: "#f5e8f9",
  200: "#ebcaf7",
  300: "#ca9fe4",
  400: "#a371d3",
  500: "#7d2eba",
  600: "#6b1ea6",
  700: "#51127d",
  800: "#38085c",
};
const docker = { blue, grey, red, green, amber, violet };

const typography: ThemeOptions["typography"] = {
  fontFamily: '"Roboto Flex", Roboto, "Open Sans", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontSize: 14,
  h1: { fontSize: 22, fontWeight: 600 },
  h2: { fontSize: 18, fontWeight: 600 },
  h3: { fontSize: 16, fontWeight: 600 },
  body2: { fontSize: 13 },
  button: { textTransform: "none", fontWeight: 600 },
};

/** Options of both themes. */
const shared: ThemeOptions = {
  typography,
  shape: { borderRadius: 6 },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: "none" } } },
  },
};

/** Palettes of Docker Desktop's themes, including `docker`. */
const light = {
  mode: "light",
  primary: { main: blue[500], light: blue[400], dark: blue[600], contrastText: "#ffffff" },
  error: { main: red[500] },
  warning: { main: amber[500] },
  success: { main: green[500] },
  info: { main: blue[500] },
  background: { default: "#ffffff", paper: "#f9f9fa" },
  text: { primary: grey[800], secondary: grey[600] },
  divider: grey[200],
  docker,
} as const;
const dark = {
  mode: "dark",
  primary: { main: blue[300], light: blue[200], dark: blue[400], contrastText: grey[800] },
  error: { main: red[300] },
  warning: { main: amber[400] },
  success: { main: green[300] },
  info: { main: blue[300] },
  background: { default: "#161a1f", paper: "#1e2329" },
  text: { primary: grey[100], secondary: "#a9b1be" },
  divider: grey[700],
  docker,
} as const;

/** Sets the themes unless Docker Desktop has set its own. */
export function supplyThemes(): void {
  globalThis.__ddMuiV6Themes ??= {
    light: { ...shared, palette: light as ThemeOptions["palette"] & object },
    dark: { ...shared, palette: dark as ThemeOptions["palette"] & object },
  };
}
