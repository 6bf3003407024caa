import { useCallback, useMemo } from "react";
import { TIME_FORMS, type TimeForm } from "../../lib/lines/line_time.ts";
import { useStoredState } from "../../lib/use_stored_state.ts";

/** Display settings of all logs, stored in the browser. */
export interface LogSettings {
  readonly times: TimeForm;
  readonly wrap: boolean;
  readonly raw: boolean;
  readonly histogram: boolean;
  /** Names of fields to show as columns. */
  readonly columns: readonly string[];
}

const INITIAL: LogSettings = { times: "local", wrap: true, raw: false, histogram: true, columns: [] };

/** Returns the settings, and a function that changes some of them. */
export function useLogSettings(): readonly [LogSettings, (changes: Partial<LogSettings>) => void] {
  const [stored, setStored] = useStoredState<LogSettings>("logs.settings", INITIAL, isSettings);
  const change = useCallback((changes: Partial<LogSettings>) => setStored({ ...stored, ...changes }), [
    stored,
    setStored,
  ]);
  return useMemo(() => [stored, change] as const, [stored, change]);
}

function isSettings(value: unknown): value is LogSettings {
  const { times, wrap, raw, histogram, columns } = (value ?? {}) as Partial<LogSettings>;
  return TIME_FORMS.some((form) => form === times) && typeof wrap === "boolean" && typeof raw === "boolean" &&
    typeof histogram === "boolean" && Array.isArray(columns) &&
    columns.every((name) => typeof name === "string");
}
