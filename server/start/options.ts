/** Options of a server. */
import type { Compose } from "../compose/compose.ts";
import type { DockerStack } from "../compose/docker_stack/docker_stack.ts";
import type { HostConfig, LoadedConfig } from "../config/config.ts";
import type { Engine } from "../docker/engine.ts";
import type { GitClock } from "../git/automatic.ts";
import type { Remotes } from "../git/repository.ts";
import type { Hub } from "../hub.ts";
import type { KernelChoice } from "../kernel/open_reader.ts";
import type { CollectorTimes } from "../stats/times.ts";
import type { DiscoveryParts } from "../swarm/open.ts";
import type { TerminalBounds } from "../terminal/bounds.ts";

/** Source of changes of the configuration while the server runs. */
export interface ReloadSource {
  readonly loaded: LoadedConfig;
  readonly read: () => Promise<LoadedConfig>;
  /** Requests to reload at once. */
  readonly requests: Hub<"reload">;
}

/** Options of a server; most of them are for tests. */
export interface ServeOptions {
  /** Without it the configuration is fixed. */
  readonly reload?: ReloadSource;
  readonly openEngine?: (host: HostConfig) => Engine;
  readonly openKernel?: (hostId: string) => KernelChoice | undefined;
  readonly times?: CollectorTimes;
  readonly compose?: Compose;
  readonly dockerStack?: DockerStack;
  /** Git repositories at other places. */
  readonly remotes?: Remotes;
  /** Clock of the schedules of stacks from Git. */
  readonly gitClock?: GitClock;
  /** Resolution of names with the nodes of swarms behind them, and its times. */
  readonly swarm?: Pick<DiscoveryParts, "resolve" | "times"> & {
    /** Interval of the readings of an operation on a swarm, ms. */
    readonly everyMs?: number;
  };
  /** Poll interval of the certificate's files, ms. */
  readonly certificateCheckMs?: number;
  /** Bounds of terminals. */
  readonly terminalBounds?: TerminalBounds;
  /** Lifetime of a ticket, ms. */
  readonly ticketMs?: number;
}
