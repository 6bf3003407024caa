import { MenuItem, TextField } from "@mui/material";
import type { InputHTMLAttributes } from "react";
import { MONOSPACE } from "../../../components/design/tokens.ts";

/** Props of {@linkcode Field}. */
export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly help?: string | undefined;
  readonly isRequired?: boolean;
  /** Shown while the field is empty. */
  readonly placeholder?: string;
  /** Number of lines; a single line unless set. */
  readonly rows?: number;
  readonly input?: InputHTMLAttributes<HTMLInputElement>;
  readonly onChange: (value: string) => void;
}

/** Several lines, which are code. */
const LINES = { "& .MuiInputBase-multiline": { px: 0, py: 1 }, "& textarea": { fontFamily: MONOSPACE } };

/** A field for text, a number or a time. */
export function Field(
  { label, value, help, isRequired = false, placeholder, rows, input = {}, onChange }: FieldProps,
) {
  const isFilled = placeholder !== undefined || input.type === "time";
  return (
    <TextField
      label={label}
      value={value}
      helperText={help}
      required={isRequired}
      size="small"
      fullWidth
      autoComplete="off"
      multiline={rows !== undefined}
      minRows={rows ?? 1}
      sx={rows === undefined ? {} : LINES}
      {...placeholder === undefined ? {} : { placeholder }}
      slotProps={{ htmlInput: input, ...isFilled && { inputLabel: { shrink: true } } }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Props of {@linkcode Choice}. */
export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly labels: Readonly<Record<T, string>>;
  readonly isDisabled?: boolean;
  readonly onChange: (value: T) => void;
}

/** A choice of one of several values. */
export function Choice<T extends string>(
  { label, value, options, labels, isDisabled = false, onChange }: ChoiceProps<T>,
) {
  return (
    <TextField
      select
      label={label}
      value={value}
      size="small"
      fullWidth
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {options.map((option) => <MenuItem key={option} value={option}>{labels[option]}</MenuItem>)}
    </TextField>
  );
}
