import { IconButton, Tooltip } from "@mui/material";
import { useState } from "react";
import { copyText } from "../lib/browser/clipboard.ts";
import { CheckIcon, CopyIcon, FailedIcon } from "./icons.tsx";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode CopyButton}. */
export interface CopyButtonProps {
  readonly text: string;
  /** Accessible name, such as "Copy the image". */
  readonly label: string;
}

/** Copies a text, and shows the result until the pointer or focus leaves. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [copied, setCopied] = useState<boolean>();
  const reset = () => setCopied(undefined);
  const Icon = copied === undefined ? CopyIcon : copied ? CheckIcon : FailedIcon;
  const result = copied === undefined ? "" : copied ? LABELS.copied : LABELS.copyFailed;
  return (
    <Tooltip title={result === "" ? label : result} placement="top">
      <IconButton
        size="small"
        aria-label={result === "" ? label : `${label}: ${result}`}
        onClick={async () => setCopied(await copyText(text))}
        onMouseLeave={reset}
        onBlur={reset}
        sx={{ p: 0.25, verticalAlign: "middle" }}
      >
        <Icon sx={{ fontSize: 14 }} />
      </IconButton>
    </Tooltip>
  );
}
