import { Box, Button, IconButton, MenuItem, Popover, TextField } from "@mui/material";
import { type FormEvent, useRef, useState } from "react";
import type { TimeSpan } from "../../../lib/lines/line_filter.ts";
import { CloseIcon } from "../../icons.tsx";
import { mainElement } from "../../main_element.ts";
import { describeSpan, LABELS, QUICK_RANGES, yesterday } from "./labels.ts";

/** Props of {@linkcode RangeMenu}. */
export interface RangeMenuProps {
  readonly span: TimeSpan | undefined;
  readonly form: "local" | "utc";
  readonly onSpan: (span: TimeSpan | undefined) => void;
  /** Scrolls to a time, epoch ms; missing for a log of which only the newest lines can be read. */
  readonly onJump?: (at: number) => void;
}

/** Time range of the shown lines, and a jump to a time. */
export function RangeMenu({ span, form, onSpan, onJump }: RangeMenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const label = span === undefined ? LABELS.rangeAll : describeSpan(span.from, span.to, form, Date.now());
  const close = () => setOpen(false);
  return (
    <Box sx={{ display: "flex", alignItems: "center", flexShrink: 0 }}>
      <Button
        ref={anchor}
        size="small"
        color="inherit"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={`${LABELS.range}: ${label}`}
        onClick={() => setOpen(true)}
        sx={{ height: 28, px: 1, minWidth: 0, fontSize: 12, fontWeight: 500, whiteSpace: "nowrap" }}
      >
        {label}
      </Button>
      {span !== undefined && (
        <IconButton
          size="small"
          aria-label={LABELS.clearRange}
          title={LABELS.clearRange}
          onClick={() => onSpan(undefined)}
        >
          <CloseIcon sx={{ fontSize: 16 }} />
        </IconButton>
      )}
      <Popover
        container={mainElement}
        anchorEl={anchor.current}
        open={isOpen}
        onClose={close}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{ paper: { role: "dialog", "aria-label": LABELS.range, sx: { p: 1, width: 300 } } }}
      >
        <QuickRanges form={form} onSpan={(next) => (onSpan(next), close())} />
        <SpanForm form={form} span={span} onSpan={(next) => (onSpan(next), close())} />
        {onJump !== undefined && <JumpForm form={form} onJump={(at) => (onJump(at), close())} />}
      </Popover>
    </Box>
  );
}

function QuickRanges({ form, onSpan }: Pick<RangeMenuProps, "form" | "onSpan">) {
  const since = (minutes: number) => onSpan({ from: Date.now() - minutes * 60_000, to: Infinity });
  return (
    <Box role="group" aria-label={LABELS.range}>
      <MenuItem dense component="button" role={undefined} sx={ITEM} onClick={() => onSpan(undefined)}>
        {LABELS.rangeAll}
      </MenuItem>
      {QUICK_RANGES.map(([label, minutes]) => (
        <MenuItem
          key={minutes}
          dense
          component="button"
          role={undefined}
          sx={ITEM}
          onClick={() => since(minutes)}
        >
          {label}
        </MenuItem>
      ))}
      <MenuItem
        dense
        component="button"
        role={undefined}
        sx={ITEM}
        onClick={() => onSpan(yesterday(Date.now(), form))}
      >
        {LABELS.yesterday}
      </MenuItem>
    </Box>
  );
}

const ITEM = {
  width: "100%",
  border: 0,
  bgcolor: "transparent",
  color: "inherit",
  font: "inherit",
  fontSize: 13,
};

interface SpanFormProps {
  readonly form: "local" | "utc";
  readonly span: TimeSpan | undefined;
  readonly onSpan: (span: TimeSpan) => void;
}

function SpanForm({ form, span, onSpan }: SpanFormProps) {
  const [from, setFrom] = useState(() => fieldValue(span?.from, form));
  const [to, setTo] = useState(() => fieldValue(span?.to, form));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [start, end] = [fieldTime(from, form) ?? -Infinity, fieldTime(to, form) ?? Infinity];
    if (start < end) onSpan({ from: start, to: end });
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: "grid", gap: 1, px: 1, pt: 1 }}>
      <TimeField label={LABELS.from} value={from} onChange={setFrom} />
      <TimeField label={LABELS.to} value={to} onChange={setTo} />
      <Button type="submit" size="small" variant="outlined" disabled={from === "" && to === ""}>
        {LABELS.showRange}
      </Button>
    </Box>
  );
}

function JumpForm(
  { form, onJump }: { readonly form: "local" | "utc"; readonly onJump: (at: number) => void },
) {
  // Most jumps lead to another time of today, and a field with an empty part has no value.
  const [value, setValue] = useState(() => fieldValue(Math.floor(Date.now() / 60_000) * 60_000, form));
  const at = fieldTime(value, form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at !== undefined) onJump(at);
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: "grid", gap: 1, px: 1, pt: 2, pb: 1 }}>
      <TimeField label={LABELS.jump} value={value} onChange={setValue} />
      <Button type="submit" size="small" variant="outlined" disabled={at === undefined}>
        {LABELS.jumpAction}
      </Button>
    </Box>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <TextField
      type="datetime-local"
      size="small"
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { step: 1 } }}
    />
  );
}

/** Returns the value of a field for local time, or for UTC if the log shows UTC. */
function fieldValue(at: number | undefined, form: "local" | "utc"): string {
  if (at === undefined || !Number.isFinite(at)) return "";
  const offset = form === "utc" ? 0 : new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 19);
}

function fieldTime(value: string, form: "local" | "utc"): number | undefined {
  const at = value === "" ? NaN : Date.parse(form === "utc" ? `${value}Z` : value);
  return Number.isNaN(at) ? undefined : at;
}
