import { CloseIcon, DownIcon, UpIcon } from "./icons.tsx";
import { IconButton, InputAdornment, Stack, TextField, Typography } from "@mui/material";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { describeMatches, LABELS } from "./labels.ts";

/** Props of {@linkcode LineSearchField}. */
export interface LineSearchFieldProps {
  readonly query: string;
  /** Number of matching lines. */
  readonly found: number;
  /** Index of the current match, from 0. */
  readonly at: number | undefined;
  readonly onQuery: (query: string) => void;
  readonly onStep: (direction: "next" | "previous") => void;
}

/** Search field of a list: Enter finds the next match, Shift+Enter the previous one, Escape clears, "/" focuses. */
export function LineSearchField({ query, found, at, onQuery, onStep }: LineSearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") onStep(event.shiftKey ? "previous" : "next");
    else if (event.key === "Escape") onQuery("");
  };
  const clear = query === "" ? undefined : (
    <InputAdornment position="end">
      <IconButton size="small" edge="end" aria-label={LABELS.clearSearch} onClick={() => onQuery("")}>
        <CloseIcon fontSize="small" />
      </IconButton>
    </InputAdornment>
  );
  return (
    <Stack direction="row" spacing={0.5} role="search" sx={{ alignItems: "center" }}>
      <TextField
        size="small"
        label={LABELS.searchLines}
        value={query}
        inputRef={input}
        onChange={({ target }) => onQuery(target.value)}
        onKeyDown={onKey}
        slotProps={{ input: { endAdornment: clear }, htmlInput: { "aria-keyshortcuts": "/" } }}
        sx={{ width: 260 }}
      />
      <Step name={LABELS.previousMatch} disabled={found === 0} onClick={() => onStep("previous")}>
        <UpIcon fontSize="small" />
      </Step>
      <Step name={LABELS.nextMatch} disabled={found === 0} onClick={() => onStep("next")}>
        <DownIcon fontSize="small" />
      </Step>
      {query !== "" && (
        <Typography variant="body2" sx={{ whiteSpace: "nowrap" }}>{describeMatches(found, at)}</Typography>
      )}
    </Stack>
  );
}

interface StepProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: JSX.Element;
}

function Step({ name, disabled, onClick, children }: StepProps) {
  return (
    <IconButton size="small" title={name} aria-label={name} disabled={disabled} onClick={onClick}>
      {children}
    </IconButton>
  );
}

/** Focuses the field on "/", except while the user types in another field. */
function useSlash(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      const isTyped = target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      if (event.key !== "/" || isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [input]);
}
