/** The assertions of `@std/assert` with types, and a helper that waits for a state. */
// @ts-types="./types/assert.d.ts"
export * from "@std/assert";

/** Timeout for a state, ms; generous, because loaded machines are slow and only a failing test waits that long. */
const TIMEOUT_MS = 60_000;

/** Polls until the probe returns a truthy value, and returns it. */
export async function eventually<T>(what: string, probe: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const end = performance.now() + TIMEOUT_MS;;) {
    const found = await probe();
    if (found) return found as NonNullable<T>;
    if (performance.now() > end) throw new Error(`Waited ${TIMEOUT_MS / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
