import { Button, IconButton, Paper, Typography } from "@mui/material";
import { useState } from "react";
import { copyText } from "../../../lib/browser/clipboard.ts";
import { CloseIcon } from "../../icons.tsx";
import { describeSelection, LABELS } from "./labels.ts";

/** Props of {@linkcode SelectionBar}. */
export interface SelectionBarProps {
  /** Number of selected lines. */
  readonly count: number;
  /** Returns the selected lines as text, with or without their times. */
  readonly textOf: (withTimes: boolean) => string;
  /** Address of the first selected line; missing if the log has no links. */
  readonly link: string | undefined;
  readonly onClear: () => void;
}

/** Actions for the selected lines. */
export function SelectionBar({ count, textOf, link, onClear }: SelectionBarProps) {
  const [result, setResult] = useState<string>();
  const copy = async (text: string) => setResult(await copyText(text) ? LABELS.copied : LABELS.copyFailed);
  return (
    <Paper elevation={4} role="group" aria-label={describeSelection(count)} sx={BAR}>
      <Typography variant="body2" role="status" sx={{ px: 0.5, whiteSpace: "nowrap" }}>
        {result ?? describeSelection(count)}
      </Typography>
      <Button size="small" onClick={() => copy(textOf(false))}>{LABELS.copy}</Button>
      <Button size="small" onClick={() => copy(textOf(true))}>{LABELS.copyWithTimes}</Button>
      {link !== undefined && <Button size="small" onClick={() => copy(link)}>{LABELS.copyLink}</Button>}
      <IconButton
        size="small"
        aria-label={LABELS.clearSelection}
        title={LABELS.clearSelection}
        onClick={onClear}
      >
        <CloseIcon fontSize="small" />
      </IconButton>
    </Paper>
  );
}

const BAR = {
  position: "absolute",
  bottom: 12,
  left: 12,
  zIndex: 1,
  display: "flex",
  flexWrap: "wrap",
  alignItems: "center",
  maxWidth: "calc(100% - 24px)",
  px: 1,
  py: 0.25,
  border: 1,
  borderColor: "divider",
} as const;
