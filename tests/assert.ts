/** The assertions of `@std/assert`, with types, and the one of our own: waiting for a state. */
// @ts-types="./types/assert.d.ts"
export * from "@std/assert";

/** How long a state may take to come, ms; generous, since a loaded machine is slow, and only a failure waits it out. */
const PATIENCE_MS = 15_000;

/** Waits until the probe gives something truthy, and gives that. */
export async function eventually<T>(what: string, probe: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const end = performance.now() + PATIENCE_MS;;) {
    const found = await probe();
    if (found) return found as NonNullable<T>;
    if (performance.now() > end) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
