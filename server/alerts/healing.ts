/** Restarts of containers by rules that ask for it, as operations, at most some times an hour. */
import { reason } from "../errors.ts";
import type { Containers } from "../containers/containers.ts";
import { getLogger } from "../log/log.ts";
import type { Tracked } from "./engine/tracked.ts";
import type { AlertClock } from "./engine/tracker.ts";

const HOUR_MS = 3_600_000;
const log = getLogger(["dockstat", "alerts"]);

/** The restarts of the last hour. */
export class Healing {
  readonly #restarts = new Map<string, number[]>();

  /** @param act Starts the restart; `undefined` with `--read-only`. */
  constructor(
    readonly act: ((hostId: string, id: string) => ReturnType<Containers["act"]>) | undefined,
    readonly clock: AlertClock,
  ) {}

  /** Restarts the container of an alert if its rule asks for it and the limit is not reached. */
  heal({ key, rule, subject: { hostId, containerId, name } }: Tracked): void {
    if (rule.heal === null || this.act === undefined || hostId === null || containerId === null) return;
    const now = this.clock.mono();
    const recent = (this.#restarts.get(key) ?? []).filter((at) => now - at < HOUR_MS);
    if (recent.length >= rule.heal.restarts) {
      log.warn("Rule {rule} does not restart {name}: the restart limit is reached", {
        rule: rule.name,
        name,
      });
      return;
    }
    for (const [other, times] of this.#restarts) {
      if (now - times.at(-1)! >= HOUR_MS) this.#restarts.delete(other);
    }
    this.#restarts.set(key, [...recent, now]);
    try {
      this.act(hostId, containerId).done.catch(() => {});
      log.info("Rule {rule} restarts {name}", { rule: rule.name, name });
    } catch (error) {
      log.warn("Rule {rule} cannot restart {name}: {reason}", {
        rule: rule.name,
        name,
        reason: reason(error),
      });
    }
  }
}
