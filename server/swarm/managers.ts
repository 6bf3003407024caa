/** Finds the managers of swarms among the hosts. */
import { AppError } from "../errors.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Feed } from "../stats/feed.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import type { Manager } from "./manager.ts";
import type { PossibleNode } from "./task_hosts.ts";

/** Longest wait for a manager, ms. */
export const PATIENCE_MS = 20_000;

/** Parts that the managers are found with. */
export interface ManagerParts {
  readonly feed: Pick<Feed, "hostIds" | "containers" | "engine" | "reports">;
  readonly runner: Pick<Runner, "begin" | "states" | "checkFree"> & {
    readonly journal: Pick<Runner["journal"], "ofSwarm">;
  };
}

/** The managers of all swarms. */
export class Managers {
  /** @param everyMs Interval of the readings of an operation, ms. */
  constructor(readonly parts: ManagerParts, readonly everyMs = 500) {}

  /**
   * Returns a manager.
   *
   * @throws {AppError} "not-found" unless the host is a manager, "engine-unreachable", "engine-refused".
   */
  async get(hostId: string): Promise<Manager> {
    const { feed } = this.parts;
    const engine = feed.hostIds.includes(hostId) ? feed.engine(hostId) : undefined;
    if (engine === undefined) throw new AppError("not-found", `There is no host "${hostId.slice(0, 80)}"`);
    if (feed.containers(hostId) === undefined) {
      throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    }
    const info = await engine.call({ method: "GET", path: "/info" }, AbortSignal.timeout(PATIENCE_MS));
    const { ControlAvailable, Cluster } = fieldsOf(fieldsOf(info)["Swarm"]);
    if (ControlAvailable !== true) {
      throw new AppError("not-found", `Host "${hostId}" is not a manager of a swarm`);
    }
    const clusterId = textOf(fieldsOf(Cluster)["ID"]) ?? "";
    return { hostId, engine, clusterId, everyMs: this.everyMs };
  }

  /** Returns the hosts that may be nodes of a swarm. */
  possibleNodes(): PossibleNode[] {
    const { feed } = this.parts;
    return feed.reports().map(({ hostId, swarm }) => ({
      hostId,
      nodeId: swarm?.nodeId,
      containers: feed.containers(hostId),
    }));
  }

  /**
   * Returns a manager that may be changed.
   *
   * @throws {AppError} "forbidden" on a view-only host, and as {@linkcode get}.
   */
  async changeable(hostId: string): Promise<Manager> {
    this.parts.runner.states.checkMayChange(hostId, "change a swarm there");
    return await this.get(hostId);
  }
}
