import { styled } from "@mui/material";
import { StateMark } from "../../../components/design/state_mark.tsx";
import { COLORS, TABULAR } from "../../../components/design/tokens.ts";
import { STATE_FILTERS, type StateFilter } from "../model/arrange.ts";
import { LABELS, STATE_FILTER_LABELS } from "../model/labels.ts";

/** Props of {@linkcode StateChips}. */
export interface StateChipsProps {
  readonly value: StateFilter;
  /** Number of containers that each filter shows. */
  readonly counts: Readonly<Record<StateFilter, number>>;
  readonly onChange: (state: StateFilter) => void;
}

/** Filters by state, with the number of containers in each. */
export function StateChips({ value, counts, onChange }: StateChipsProps) {
  return (
    <Chips role="group" aria-label={LABELS.filters}>
      {STATE_FILTERS.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === value}
          onClick={() => onChange(state === value ? "all" : state)}
        >
          {state === "unhealthy" && counts.unhealthy > 0 && <StateMark tone="bad" />}
          {STATE_FILTER_LABELS[state]} <span className="count">{counts[state]}</span>
        </button>
      ))}
    </Chips>
  );
}

const Chips = styled("div")({
  ...TABULAR,
  display: "flex",
  gap: 6,
  minWidth: 0,
  overflowX: "auto",
  scrollbarWidth: "none",
  "& button": {
    display: "inline-flex",
    alignItems: "center",
    gap: 6,
    height: 28,
    padding: "0 10px",
    flexShrink: 0,
    font: "inherit",
    fontSize: 12,
    fontWeight: 500,
    color: COLORS.inkMuted,
    backgroundColor: COLORS.panel,
    border: `1px solid ${COLORS.line}`,
    borderRadius: 14,
    cursor: "pointer",
    "&:hover": { backgroundColor: COLORS.hover },
    "&[aria-pressed=true]": {
      color: COLORS.accent,
      borderColor: COLORS.accent,
      backgroundColor: COLORS.hover,
    },
  },
  "@media (pointer: coarse)": { "& button": { height: 36, borderRadius: 18, padding: "0 12px" } },
});
