/** Options of a collector. */
import type { Engine } from "../../docker/engine.ts";
import type { KernelChoice } from "../../kernel/open_reader.ts";
import type { Observed } from "../observer.ts";
import type { PastOptions } from "../past/collecting.ts";
import type { CollectorTimes } from "../times.ts";
import type { ContainerUpdate, Update } from "../update.ts";
import type { HostStatsUpdate } from "./host_gauge.ts";

/** Options of the collector of one host. */
export interface CollectorOptions {
  readonly hostId: string;
  readonly engine: Engine;
  readonly labels: Readonly<Record<string, string>>;
  /** The kernel's files as a reader; `undefined` for a simulated host. */
  readonly kernel?: KernelChoice | undefined;
  readonly keepMs: number;
  readonly times: CollectorTimes;
  /** Offset of this host's first turn, ms, so that bursts of several hosts do not coincide. */
  readonly phaseMs: number;
  readonly publish: (updates: readonly Update[]) => void;
  readonly publishUsage: (update: HostStatsUpdate) => void;
  readonly publishFast: (updates: readonly ContainerUpdate[]) => void;
  /** Called when a container, or the state of the host, changes. */
  readonly changed: () => void;
  readonly observed: Observed;
  readonly past?: PastOptions | undefined;
}
