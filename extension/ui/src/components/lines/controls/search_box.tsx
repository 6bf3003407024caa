import { CloseIcon, DownIcon, UpIcon } from "../../icons.tsx";
import { Box, IconButton, InputBase, ToggleButton } from "@mui/material";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { Query } from "../../../lib/lines/line_search.ts";
import { describePosition, LABELS } from "./labels.ts";

/** Props of {@linkcode SearchBox}. */
export interface SearchBoxProps {
  readonly query: Query;
  /** Number of matching entries. */
  readonly found: number;
  /** Index of the current match, from 0. */
  readonly at: number | undefined;
  /** False while lines are still searched. */
  readonly isDone: boolean;
  /** Reason why the query is invalid. */
  readonly error: string | undefined;
  readonly onQuery: (query: Query) => void;
  readonly onStep: (direction: "next" | "previous") => void;
}

/** Search field of a log: Enter finds the next match, Shift+Enter the previous one, Escape clears, "/" focuses. */
export function SearchBox({ query, found, at, isDone, error, onQuery, onStep }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  const step = useEarlyStep({ query, found, isDone, onStep });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") step(event.shiftKey ? "previous" : "next");
    else if (event.key === "Escape") onQuery({ ...query, text: "" });
  };
  return (
    <Box
      role="search"
      sx={{ ...FRAME, borderColor: error === undefined ? "divider" : "error.main" }}
      title={error}
    >
      <Field input={input} query={query} error={error} onQuery={onQuery} onKeyDown={onKey} />
      {error !== undefined && (
        <Box component="span" id="log-search-error" role="alert" sx={ERROR}>{error}</Box>
      )}
      {query.text !== "" && error === undefined && (
        <Box component="span" sx={COUNT}>{describePosition(found, at, isDone)}</Box>
      )}
      <Steps query={query} found={found} onQuery={onQuery} onStep={onStep} />
      <Switch
        name={LABELS.matchCase}
        isOn={query.matchCase}
        onClick={() => onQuery({ ...query, matchCase: !query.matchCase })}
      >
        Aa
      </Switch>
      <Switch
        name={LABELS.regex}
        isOn={query.isRegex}
        onClick={() => onQuery({ ...query, isRegex: !query.isRegex })}
      >
        .*
      </Switch>
    </Box>
  );
}

/** Returns a function that steps to a match, as soon as the search has found one. */
function useEarlyStep(
  { query, found, isDone, onStep }: Pick<SearchBoxProps, "query" | "found" | "isDone" | "onStep">,
): SearchBoxProps["onStep"] {
  const early = useRef<"next" | "previous">();
  useEffect(() => void (early.current = undefined), [query]);
  useEffect(() => {
    const direction = early.current;
    if (direction === undefined || (found === 0 && !isDone)) return;
    early.current = undefined;
    onStep(direction);
  });
  return (direction) => {
    if (found === 0 && !isDone) early.current = direction;
    else onStep(direction);
  };
}

interface FieldProps extends Pick<SearchBoxProps, "query" | "error" | "onQuery"> {
  readonly input: RefObject<HTMLInputElement>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Field({ input, query, error, onQuery, onKeyDown }: FieldProps) {
  return (
    <InputBase
      value={query.text}
      inputRef={input}
      placeholder={LABELS.search}
      onChange={({ target }) => onQuery({ ...query, text: target.value })}
      onKeyDown={onKeyDown}
      error={error !== undefined}
      inputProps={{
        "aria-label": LABELS.search,
        "aria-keyshortcuts": "/",
        "aria-invalid": error !== undefined,
        ...error !== undefined && { "aria-errormessage": "log-search-error" },
        spellCheck: false,
      }}
      sx={{ flexGrow: 1, minWidth: 0, fontSize: 13 }}
    />
  );
}

const FRAME = {
  display: "flex",
  alignItems: "center",
  gap: "2px",
  height: 30,
  flex: { xs: "1 1 0", sm: "0 1 340px" },
  minWidth: { xs: 0, sm: 180 },
  pl: 1,
  pr: 0.25,
  border: 1,
  borderRadius: 1,
  position: "relative",
} as const;
const COUNT = { fontSize: 12, color: "text.secondary", whiteSpace: "nowrap", px: 0.5 } as const;
const ERROR = {
  position: "absolute",
  top: "100%",
  left: -1,
  zIndex: 2,
  mt: "2px",
  px: 1,
  py: 0.25,
  maxWidth: "90vw",
  fontSize: 12,
  color: "error.main",
  bgcolor: "background.paper",
  border: 1,
  borderColor: "error.main",
  borderRadius: 1,
} as const;

/** Steps and the clear button, which need a query. */
function Steps(
  { query, found, onQuery, onStep }: Pick<SearchBoxProps, "query" | "found" | "onQuery" | "onStep">,
) {
  if (query.text === "") return null;
  return (
    <>
      <Step name={LABELS.previousMatch} disabled={found === 0} onClick={() => onStep("previous")}>
        <UpIcon sx={{ fontSize: 16 }} />
      </Step>
      <Step name={LABELS.nextMatch} disabled={found === 0} onClick={() => onStep("next")}>
        <DownIcon sx={{ fontSize: 16 }} />
      </Step>
      <Step name={LABELS.clearSearch} disabled={false} onClick={() => onQuery({ ...query, text: "" })}>
        <CloseIcon sx={{ fontSize: 16 }} />
      </Step>
    </>
  );
}

interface StepProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Step({ name, disabled, onClick, children }: StepProps) {
  return (
    <IconButton
      size="small"
      title={name}
      aria-label={name}
      disabled={disabled}
      onClick={onClick}
      sx={{ p: 0.25 }}
    >
      {children}
    </IconButton>
  );
}

interface SwitchProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

function Switch({ name, isOn, onClick, children }: SwitchProps) {
  return (
    <ToggleButton
      value={name}
      selected={isOn}
      onChange={onClick}
      aria-label={name}
      title={name}
      sx={{ p: 0, minWidth: 24, height: 24, border: "none", fontSize: 12, textTransform: "none" }}
    >
      {children}
    </ToggleButton>
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
