import { IconButton, Popover } from "@mui/material";
import { useRef, useState } from "react";
import { download } from "../../lib/browser/download.ts";
import type { LogArchive } from "../../lib/lines/log_archive.ts";
import { DownloadIcon } from "../icons.tsx";
import { mainElement } from "../main_element.ts";
import { LABELS } from "./controls/labels.ts";
import { DownloadForm } from "./download_form.tsx";
import type { LogState } from "./use_log_state.ts";

/** Props of {@linkcode LogDownload}. */
export interface LogDownloadProps {
  readonly state: LogState;
  /** Name of the file, such as "dockstat-log.txt". */
  readonly fileName: string;
  /** The whole log; missing for a log of which only the loaded lines can be read. */
  readonly archive?: LogArchive;
}

/** Saves lines as a text file: those shown, or with an archive also the whole log. */
export function LogDownload({ state, fileName, archive }: LogDownloadProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const { model: { shown }, settings, textOf } = state;
  const save = () => download(fileName, `${textOf(shown, settings.times === "none" ? "none" : "utc")}\n`);
  return (
    <>
      <IconButton
        ref={anchor}
        size="small"
        aria-label={LABELS.download}
        title={LABELS.download}
        disabled={state.view.lines === 0}
        {...archive && { "aria-haspopup": "dialog", "aria-expanded": isOpen }}
        onClick={archive === undefined ? save : () => setOpen(true)}
      >
        <DownloadIcon fontSize="small" />
      </IconButton>
      {archive !== undefined && (
        <Popover
          container={mainElement}
          anchorEl={anchor.current}
          open={isOpen}
          onClose={() => setOpen(false)}
          anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
          transformOrigin={{ vertical: "top", horizontal: "right" }}
          slotProps={{ paper: { role: "dialog", "aria-label": LABELS.download, sx: { p: 2, width: 300 } } }}
        >
          <DownloadForm state={state} fileName={fileName} archive={archive} />
        </Popover>
      )}
    </>
  );
}
