/** State that is stored in the browser. */
import { useCallback, useState } from "react";
import { Observable } from "./observable.ts";

const PREFIX = "dockstat.";

/**
 * Returns a state that persists across visits, and its setter.
 *
 * @param isValid Guard for the stored value, which may come from an older version; an invalid one is ignored.
 */
export function useStoredState<T>(
  key: string,
  initial: T,
  isValid: (value: unknown) => value is T,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(() => read(key, initial, isValid));
  const change = useCallback((next: T) => {
    setValue(next);
    write(key, next);
  }, [key]);
  return [value, change];
}

/** Guard for boolean states. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function read<T>(key: string, initial: T, isValid: (value: unknown) => value is T): T {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    return isValid(stored) ? stored : initial;
  } catch {
    // Without storage or valid JSON, the initial value is used.
    return initial;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Without storage, the state lasts until the page is closed.
  }
}

/** Returns a guard for states with fixed values. */
export function isOneOf<T extends string>(values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((one) => one === value);
}

/** Returns an observable whose value persists across visits. */
export function storedObservable<T>(
  key: string,
  initial: T,
  isValid: (value: unknown) => value is T,
): Observable<T> {
  const state = new Observable(read(key, initial, isValid));
  state.subscribe(() => write(key, state.value));
  return state;
}
