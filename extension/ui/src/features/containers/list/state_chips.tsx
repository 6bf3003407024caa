import { Chips } from "../../../components/design/chips.ts";
import { StateMark } from "../../../components/design/state_mark.tsx";
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
