/** Choices that are kept in the browser. */
import { useCallback, useState } from "react";

const PREFIX = "dockstat.";

/**
 * A choice that is still there at the next visit.
 *
 * @param isValid What is kept may be of an older version, or anybody's: whatever does not fit counts as not there.
 */
export function useRemembered<T>(
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

/** A choice that is on or off. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function read<T>(key: string, initial: T, isValid: (value: unknown) => value is T): T {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    return isValid(kept) ? kept : initial;
  } catch {
    // No storage, or no JSON: the choice is made anew.
    return initial;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Without storage a choice lasts as long as the page.
  }
}
