/** The simulated host of `--demo`. */
import type { HostConfig } from "./hosts.ts";
import { invalidSetting, type Setting } from "./settings.ts";

/** Number of containers of `--demo` without a number. */
export const DEMO_CONTAINERS = 12;
const DEMO_MAX = 10_000;

/**
 * Returns the host that `--demo` asks for.
 *
 * @throws {AppError} "usage" for a number of containers out of range.
 */
export function simulatedHost(demo: Setting): HostConfig {
  const containers = demo.value === "" ? DEMO_CONTAINERS : Number(demo.value);
  if (!/^\d*$/.test(demo.value) || containers < 1 || containers > DEMO_MAX) {
    throw invalidSetting(demo, `a number of containers from 1 to ${DEMO_MAX}`);
  }
  return { kind: "simulated", id: "Simulated", containers, seed: 1 };
}
