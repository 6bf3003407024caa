/** Options of a collector. */
import type { Engine } from "../../docker/engine.ts";
import type { KernelChoice } from "../../kernel/open_reader.ts";
import type { Observed } from "../observer.ts";
import type { PastOptions } from "../past/collecting.ts";
import type { CollectorTimes } from "../times.ts";
import type { ContainerUpdate, Update } from "../update.ts";
import type { HostStatsUpdate } from "./host_gauge.ts";

/** Facts of a host from the configuration, beside its address. */
export interface HostFacts {
  /** Labels of the user, such as the site. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name for links to published ports; `null` for the host name in the page's address. */
  readonly publicName: string | null;
  /** True for a host that was added in DockStat and can be removed there. */
  readonly managed: boolean;
  /** The node of a swarm that the host was found as. */
  readonly swarm?: { readonly nodeId: string; readonly viewOnly: boolean };
}

/** Options of the collector of one host. */
export interface CollectorOptions {
  readonly hostId: string;
  readonly engine: Engine;
  readonly facts: HostFacts;
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
