import { styled } from "@mui/material";
import type { ReactNode } from "react";
import { COLORS, TABULAR } from "./tokens.ts";

/** Share from which a bar is in the color of trouble, percent. */
export const NEARLY_FULL_PERCENT = 90;

/** Props of {@linkcode Meter}. */
export interface MeterProps {
  readonly label: string;
  readonly value: ReactNode;
  /** Share of the limit in percent; `null` without a known limit, which leaves out the bar. */
  readonly percent: number | null;
  /** Color of the metric. */
  readonly color: string;
  /** Explanation, as a tooltip. */
  readonly help?: string | undefined;
  /** Page that explains the value; the meter is a link to it. */
  readonly href?: string;
  /** Small curve in the place of the bar. */
  readonly children?: ReactNode;
}

/** A caption and a value, above a bar for its share of a limit. */
export function Meter({ label, value, percent, color, help, href, children }: MeterProps) {
  return (
    <MeterFrame title={help} {...href !== undefined && { as: "a", href }}>
      <span className="caption">{label}</span>
      <strong>{value}</strong>
      <span className="below">
        {children ?? (percent !== null && <Bar percent={percent} color={color} />)}
      </span>
    </MeterFrame>
  );
}

/** Props of {@linkcode Bar}. */
export interface BarProps {
  /** Share in percent. */
  readonly percent: number;
  readonly color: string;
}

/** A bar, which the value beside it explains. */
export function Bar({ percent, color }: BarProps) {
  const width = `${Math.min(Math.max(percent, 0), 100)}%`;
  const fill = percent >= NEARLY_FULL_PERCENT ? COLORS.bad : color;
  return (
    <BarFrame aria-hidden="true" className="bar">
      <i style={{ width, backgroundColor: fill }} />
    </BarFrame>
  );
}

const MeterFrame = styled("div")({
  ...TABULAR,
  display: "grid",
  gridTemplateColumns: "auto 1fr",
  alignItems: "baseline",
  columnGap: 8,
  minWidth: 0,
  color: "inherit",
  textDecoration: "none",
  "&[href]:hover strong": { textDecoration: "underline" },
  "& .caption": { fontSize: 11, lineHeight: "16px", color: COLORS.inkQuiet },
  "& strong": {
    fontWeight: 600,
    textAlign: "end",
    whiteSpace: "nowrap",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
  "& .below": { gridColumn: "1 / -1", height: 14, display: "flex", alignItems: "center" },
});

const BarFrame = styled("span")({
  display: "block",
  flexGrow: 1,
  height: 4,
  borderRadius: 2,
  overflow: "hidden",
  backgroundColor: COLORS.lineSoft,
  "& i": { display: "block", height: "100%", borderRadius: 2 },
});
