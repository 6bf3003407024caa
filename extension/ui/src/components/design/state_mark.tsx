import { styled } from "@mui/material";
import type { ReactNode } from "react";
import { COLORS, RADIUS } from "./tokens.ts";

/** Meanings of a state. */
export type Tone = "good" | "careful" | "bad" | "off";

const SHAPES = {
  good: { borderRadius: "50%", backgroundColor: COLORS.good },
  careful: { borderRadius: "50% 50% 0 50%", backgroundColor: COLORS.careful },
  bad: { borderRadius: 2, backgroundColor: COLORS.bad },
  off: { borderRadius: "50%", border: `1.5px solid ${COLORS.off}` },
} as const;

/** Shape and color of a state; the state is always also named in text. */
export const StateMark = styled("span", { shouldForwardProp: (name) => name !== "tone" })<{ tone: Tone }>(
  ({ tone }) => ({ flex: "none", width: 8, height: 8, boxSizing: "border-box", ...SHAPES[tone] }),
);

const TAGS = {
  good: { color: COLORS.good, backgroundColor: COLORS.goodSoft },
  careful: { color: COLORS.careful, backgroundColor: COLORS.carefulSoft },
  bad: { color: COLORS.bad, backgroundColor: COLORS.badSoft },
  off: { color: COLORS.inkMuted, backgroundColor: COLORS.lineSoft },
} as const;

/** A state in words, on its soft color. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <TagFrame tone={tone}>{children}</TagFrame>;
}

const TagFrame = styled("span", { shouldForwardProp: (name) => name !== "tone" })<{ tone: Tone }>(
  ({ tone }) => ({
    flex: "none",
    maxWidth: "100%",
    boxSizing: "border-box",
    padding: "1px 6px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: 11,
    lineHeight: "16px",
    fontWeight: 500,
    borderRadius: RADIUS.tag,
    ...TAGS[tone],
  }),
);
