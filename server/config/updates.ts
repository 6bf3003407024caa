/** The key `updates` of `dockstat.yaml`: when registries are asked for newer images, and automatic updates run. */
import * as v from "valibot";
import { parseDuration } from "../duration.ts";
import { QuietHours } from "../protocol/alerts/rule.ts";
import type { TimeWindow } from "../time_window.ts";

const CHECKS = ["daily", "manual"] as const;
const HEALTHY = "a duration from 10s to 1h, such as 5m";

/** Schema of the key. */
export const UpdateKeys = v.strictObject({
  check: v.optional(v.picklist(CHECKS, `one of ${CHECKS.join(", ")}`)),
  night: v.optional(QuietHours),
  healthy: v.optional(v.pipe(v.string(HEALTHY), v.check(isHealthy, HEALTHY))),
}, "the keys check, night and healthy");

/** Settings of image updates. */
export interface UpdateSettings {
  /** True to ask registries for newer images once a day. */
  readonly daily: boolean;
  /** Hours of automatic updates; `undefined` for none. */
  readonly night: TimeWindow | undefined;
  /** Time in which an automatic update must become healthy, ms. */
  readonly healthyMs: number;
  /** Folder with the logins of the Docker CLI; `undefined` if it is unknown. */
  readonly loginFolder: string | undefined;
}

/** Returns the settings of the key. */
export function toUpdates(
  { check, night, healthy = "5m" }: v.InferOutput<typeof UpdateKeys> = {},
  loginFolder: string | undefined,
): UpdateSettings {
  return { daily: check === "daily", night, healthyMs: parseDuration(healthy)!, loginFolder };
}

function isHealthy(text: string): boolean {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 10_000 && ms <= 3_600_000;
}
