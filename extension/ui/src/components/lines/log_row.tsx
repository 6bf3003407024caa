import { Fragment, memo } from "react";
import type { ColorMode } from "../../lib/lines/color.ts";
import { displayLine } from "../../lib/lines/display.ts";
import { fieldsOf } from "../../lib/lines/fields.ts";
import { LEVEL_NAMES } from "../../lib/lines/level.ts";
import type { Entry, Line } from "../../lib/lines/line.ts";
import type { Matcher } from "../../lib/lines/line_search.ts";
import type { Piece } from "../../lib/lines/styled_text.ts";
import { LABELS, moreCharacters, moreLines } from "./controls/labels.ts";
import { LineTime } from "./line_time.tsx";
import { LogFields } from "./log_fields.tsx";
import type { SourceLook } from "./log_source.ts";

/** Part of an entry that a user has unfolded. */
export interface RowState {
  /** Shows the fields of a structured line, or all lines of a trace. */
  readonly isOpen?: boolean;
  /** Number of characters to show of each line. */
  readonly characters?: number;
}

/** Form of all rows of a log. */
export interface RowForm {
  readonly times: "local" | "utc" | "relative" | "none";
  readonly raw: boolean;
  readonly mode: ColorMode;
  readonly matcher: Matcher | undefined;
  /** Names of fields to show as columns. */
  readonly columns: readonly string[];
  /** Names and colors of the containers of a merged log. */
  readonly sources: ReadonlyMap<string, SourceLook>;
  readonly onColumn: (name: string) => void;
  readonly onState: (id: number, state: RowState) => void;
}

/** Props of {@linkcode LogRow}. */
export interface LogRowProps {
  readonly entry: Entry;
  readonly state: RowState;
  readonly form: RowForm;
  /** Epoch ms, for relative times. */
  readonly now: number;
}

const NOTHING: RowState = {};
/** Characters that are shown of a line, and those that each click adds. */
const CHARACTERS = 2000;
const MORE_CHARACTERS = 100_000;
/** Number of lines from which a trace is folded, and of those that remain. */
const LONGEST_TRACE = 10;
const FOLDED_TRACE = 4;

/** One entry with time, container, level, text and unfolded parts. The list provides its styles. */
export const LogRow = memo(function LogRow({ entry, state = NOTHING, form, now }: LogRowProps) {
  const { head, rest, level } = entry;
  const fields = head.note || rest.length > 0 ? undefined : fieldsOf(head.text);
  const isTrace = rest.length >= LONGEST_TRACE;
  const source = head.source === undefined ? undefined : form.sources.get(head.source);
  const first = displayLine(head, {
    ...form,
    hideTime: form.times !== "none",
    characters: state.characters ?? CHARACTERS,
  });
  const hasMark = level !== undefined && (head.level !== undefined || first.hasLevelField);
  return (
    <>
      {form.times !== "none" && <LineTime timestamp={head.timestamp} form={form.times} now={now} />}
      {source !== undefined && (
        <span className="source" style={{ color: source.color }} title={source.name}>{source.shortName}</span>
      )}
      {head.stream === "stderr"
        ? <span className="stderr" role="img" aria-label={LABELS.stderr} title={LABELS.stderr} />
        : head.stream === "stdout" && <span className="stdout" />}
      <Toggle
        entry={entry}
        isOpen={state.isOpen ?? false}
        canOpen={fields !== undefined || isTrace}
        form={form}
      />
      {hasMark && <span className="mark" data-tone={level}>{LEVEL_NAMES[level]}</span>}
      {form.columns.length > 0 && !head.note && <Columns names={form.columns} text={head.text} />}
      <span className="body">
        <Text pieces={first.pieces} isNote={head.note === true} />
        <Rest entry={entry} state={state} form={form} isFolded={isTrace && !state.isOpen} />
        <More entry={entry} hidden={first.hidden} state={state} form={form} />
        {fields !== undefined && state.isOpen && (
          <LogFields fields={fields} columns={form.columns} onColumn={form.onColumn} />
        )}
      </span>
      {head.place !== undefined && <span className="place">{head.place}</span>}
    </>
  );
});

interface ToggleProps {
  readonly entry: Entry;
  readonly isOpen: boolean;
  readonly canOpen: boolean;
  readonly form: RowForm;
}

function Toggle({ entry: { id, rest }, isOpen, canOpen, form }: ToggleProps) {
  if (!canOpen) return <span className="toggle" />;
  const [show, hide] = rest.length > 0
    ? [moreLines(rest.length), LABELS.fold]
    : [LABELS.showFields, LABELS.hideFields];
  const label = isOpen ? hide : show;
  return (
    <button
      type="button"
      className="toggle"
      aria-expanded={isOpen}
      aria-label={label}
      title={label}
      onClick={() => form.onState(id, { isOpen: !isOpen })}
    >
      {isOpen ? "▾" : "▸"}
    </button>
  );
}

function Text({ pieces, isNote }: { readonly pieces: readonly Piece[]; readonly isNote: boolean }) {
  return (
    <span className={isNote ? "note" : "text"}>
      <Pieces pieces={pieces} />
    </span>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ text, style, isKey, found }, index) => {
    if (found) return <mark key={index}>{text}</mark>;
    if (style !== undefined) return <span key={index} style={style}>{text}</span>;
    return isKey ? <span key={index} className="key">{text}</span> : <Fragment key={index}>{text}</Fragment>;
  });
}

interface RestProps {
  readonly entry: Entry;
  readonly state: RowState;
  readonly form: RowForm;
  readonly isFolded: boolean;
}

/** Further lines of an entry. A folded trace with a match in a hidden line is unfolded. */
function Rest({ entry: { id, rest }, state, form, isFolded }: RestProps) {
  const hidden = isFolded ? rest.slice(FOLDED_TRACE) : [];
  const hasMatch = form.matcher !== undefined && hidden.some(({ text }) => form.matcher!.test(text));
  const shown = isFolded && !hasMatch ? rest.slice(0, FOLDED_TRACE) : rest;
  const count = rest.length - shown.length;
  return (
    <>
      {shown.map((line) => <RestLine key={line.id} line={line} state={state} form={form} />)}
      {count > 0 && (
        <button
          type="button"
          className="line"
          tabIndex={-1}
          onClick={() => form.onState(id, { isOpen: true })}
        >
          ▸ {moreLines(count)}
        </button>
      )}
    </>
  );
}

function RestLine(
  { line, state, form }: { readonly line: Line; readonly state: RowState; readonly form: RowForm },
) {
  const { pieces } = displayLine(line, {
    ...form,
    raw: true,
    hideTime: false,
    characters: state.characters ?? CHARACTERS,
  });
  return (
    <span className="text line">
      <Pieces pieces={pieces} />
    </span>
  );
}

interface MoreProps {
  readonly entry: Entry;
  readonly hidden: number;
  readonly state: RowState;
  readonly form: RowForm;
}

function More({ entry: { id }, hidden, state, form }: MoreProps) {
  if (hidden === 0) return null;
  const characters = (state.characters ?? CHARACTERS) + MORE_CHARACTERS;
  return (
    <button type="button" className="line" onClick={() => form.onState(id, { ...state, characters })}>
      … {moreCharacters(hidden, MORE_CHARACTERS)}
    </button>
  );
}

function Columns({ names, text }: { readonly names: readonly string[]; readonly text: string }) {
  const fields = fieldsOf(text) ?? [];
  return names.map((name) => {
    const value = fields.find((field) => field.name === name)?.value ?? "";
    return <span key={name} className="column" title={`${name}: ${value}`}>{value}</span>;
  });
}
