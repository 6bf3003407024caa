/** Checks of conditions that may fail. */
import { reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";
import type { Tracked } from "./tracked.ts";

/** Pause of a condition whose check has failed, ms. */
const RETRY_MS = 60_000;

const log = getLogger(["dockstat", "alerts"]);

/** Runs the check of a condition; one that fails stops no other, and runs again after a pause. */
export function runChecked(tracked: Tracked, now: number, check: () => void): void {
  if (now < tracked.retryAt) return;
  try {
    check();
  } catch (error) {
    tracked.retryAt = now + RETRY_MS;
    const values = { rule: tracked.rule.name, name: tracked.subject.name, reason: reason(error) };
    log.error("Cannot check alert rule {rule} for {name}: {reason}. Trying again in a minute", values);
  }
}
