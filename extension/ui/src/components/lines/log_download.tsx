import { IconButton } from "@mui/material";
import { download } from "../../lib/download.ts";
import { DownloadIcon } from "../icons.tsx";
import { LABELS } from "./controls/labels.ts";
import type { LogState } from "./use_log_state.ts";

/** Props of {@linkcode LogDownload}. */
export interface LogDownloadProps {
  readonly state: LogState;
  /** Name of the file, such as "dockstat-log.txt". */
  readonly fileName: string;
}

/** Saves the shown lines as a text file. */
export function LogDownload({ state: { model: { shown }, settings, textOf }, fileName }: LogDownloadProps) {
  const times = settings.times === "none" ? "none" : "utc";
  return (
    <IconButton
      size="small"
      aria-label={LABELS.download}
      title={LABELS.download}
      disabled={shown.length === 0}
      onClick={() => download(fileName, `${textOf(shown, times)}\n`)}
    >
      <DownloadIcon fontSize="small" />
    </IconButton>
  );
}
