import {
  Button,
  Checkbox,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from "@mui/material";
import { type FormEvent, useState } from "react";
import type { ExportForm } from "../../lib/lines/line_export.ts";
import type { TimeSpan } from "../../lib/lines/line_filter.ts";
import type { LogArchive } from "../../lib/lines/log_archive.ts";
import { countLines, describeProgress, LABELS, TIME_LABELS } from "./controls/labels.ts";
import { type DownloadChoice, type DownloadScope, useDownload } from "./use_download.ts";
import type { LogState } from "./use_log_state.ts";

/** Props of {@linkcode DownloadForm}. */
export interface DownloadFormProps {
  readonly state: LogState;
  readonly fileName: string;
  readonly archive: LogArchive;
}

const TIMES = ["local", "utc", "none"] as const;

/** Choices for a file, which begin with what the view shows. */
export function DownloadForm({ state, fileName, archive }: DownloadFormProps) {
  const { model: { isFiltered, filter: { span } }, settings, view } = state;
  const [choice, setChoice] = useState<DownloadChoice>({
    scope: "loaded",
    times: settings.times === "relative" ? "utc" : settings.times,
    isFiltered,
  });
  const { phase, start, cancel } = useDownload(state, fileName, archive);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start(choice);
  };
  return (
    <Stack component="form" spacing={1.5} onSubmit={submit}>
      <ScopeField choice={choice} onChoice={setChoice} lines={view.lines} span={span} />
      {isFiltered && (
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={choice.isFiltered}
              onChange={({ target }) => setChoice({ ...choice, isFiltered: target.checked })}
            />
          }
          label={LABELS.downloadFiltered}
        />
      )}
      <TimesField choice={choice} onChoice={setChoice} />
      <Stack direction="row" spacing={1} sx={{ alignItems: "center" }}>
        {phase.isBusy
          ? <Button size="small" onClick={cancel}>{LABELS.cancel}</Button>
          : <Button type="submit" size="small" variant="contained" disableElevation>{LABELS.download}
          </Button>}
        <Typography variant="body2" role="status">
          {phase.isBusy ? describeProgress(phase.lines) : phase.note}
        </Typography>
      </Stack>
    </Stack>
  );
}

interface FieldProps {
  readonly choice: DownloadChoice;
  readonly onChoice: (choice: DownloadChoice) => void;
}

interface ScopeFieldProps extends FieldProps {
  readonly lines: number;
  readonly span: TimeSpan | undefined;
}

function ScopeField({ choice, onChoice, lines, span }: ScopeFieldProps) {
  const whole = span === undefined ? LABELS.downloadWhole : LABELS.downloadRange;
  return (
    <div>
      <FormLabel id="download-scope">{LABELS.downloadLines}</FormLabel>
      <RadioGroup
        aria-labelledby="download-scope"
        value={choice.scope}
        onChange={(_event, scope) => onChoice({ ...choice, scope: scope as DownloadScope })}
      >
        <FormControlLabel
          value="loaded"
          control={<Radio size="small" sx={{ py: 0.5 }} />}
          label={`${LABELS.downloadLoaded} (${countLines(lines)})`}
        />
        <FormControlLabel value="whole" control={<Radio size="small" sx={{ py: 0.5 }} />} label={whole} />
      </RadioGroup>
    </div>
  );
}

function TimesField({ choice, onChoice }: FieldProps) {
  return (
    <div>
      <FormLabel id="download-times">{LABELS.times}</FormLabel>
      <RadioGroup
        row
        aria-labelledby="download-times"
        value={choice.times}
        onChange={(_event, times) => onChoice({ ...choice, times: times as ExportForm["times"] })}
      >
        {TIMES.map((form) => (
          <FormControlLabel
            key={form}
            value={form}
            control={<Radio size="small" sx={{ py: 0.5 }} />}
            label={TIME_LABELS[form]}
          />
        ))}
      </RadioGroup>
    </div>
  );
}
