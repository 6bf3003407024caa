/** Style that hides a text visually and keeps it available to screen readers. */
export const VISUALLY_HIDDEN = {
  position: "absolute",
  // In `sx` the number 1 means 100 %.
  width: "1px",
  height: "1px",
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
} as const;
