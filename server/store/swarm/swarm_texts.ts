/** Texts of the stacks that DockStat has deployed to swarms, with their newest versions. */
import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../errors.ts";
import { transaction } from "../database.ts";
import { DraftStore, swarmDraft } from "../drafts/draft_store.ts";

/** Number of versions that are kept of a stack. */
const MOST_VERSIONS = 20;
/** Number of stacks whose texts are kept. */
const MOST_STACKS = 1000;

/** A stack of a swarm. */
export interface SwarmStackKey {
  /** Id of the swarm, which all its managers share. */
  readonly clusterId: string;
  readonly name: string;
}

/** The texts of a version. */
export interface SwarmTexts {
  readonly compose: string;
  readonly env: string;
}

/** A kept version. */
export interface SwarmVersion extends SwarmTexts {
  readonly version: number;
  /** ISO 8601. */
  readonly deployedAt: string;
}

/** The kept texts in a database. */
export class SwarmTextStore {
  constructor(readonly database: DatabaseSync) {}

  /** Names of the stacks of a cluster. */
  names(clusterId: string): string[] {
    const sql = "SELECT DISTINCT name FROM swarm_stacks WHERE cluster_id = ? ORDER BY name";
    return this.database.prepare(sql).all(clusterId).map((row) => String(row["name"]));
  }

  /** Reports whether a stack was deployed through a host. */
  isOn(hostId: string, name: string): boolean {
    const sql = "SELECT 1 FROM swarm_stacks WHERE host_id = ? AND name = ? LIMIT 1";
    return this.database.prepare(sql).get(hostId, name) !== undefined;
  }

  /** Hosts through which stacks of a name were deployed, in any swarm. */
  hostsOf(name: string): string[] {
    const sql = "SELECT DISTINCT host_id FROM swarm_stacks WHERE name = ? ORDER BY host_id";
    return this.database.prepare(sql).all(name).map((row) => String(row["host_id"]));
  }

  /** Lists the versions of a stack, newest first. */
  versions({ clusterId, name }: SwarmStackKey): Omit<SwarmVersion, keyof SwarmTexts>[] {
    const sql =
      "SELECT version, deployed_at FROM swarm_stacks WHERE cluster_id = ? AND name = ? ORDER BY version DESC";
    return this.database.prepare(sql).all(clusterId, name).map((row) => ({
      version: Number(row["version"]),
      deployedAt: String(row["deployed_at"]),
    }));
  }

  /** Returns a version, or the newest; `undefined` if it is not kept. */
  get({ clusterId, name }: SwarmStackKey, version?: number): SwarmVersion | undefined {
    const row = this.database.prepare(
      "SELECT version, compose, env, deployed_at FROM swarm_stacks " +
        "WHERE cluster_id = ? AND name = ? AND (?3 IS NULL OR version = ?3) ORDER BY version DESC LIMIT 1",
    ).get(clusterId, name, version ?? null);
    return row && {
      version: Number(row["version"]),
      compose: String(row["compose"]),
      env: String(row["env"]),
      deployedAt: String(row["deployed_at"]),
    };
  }

  /**
   * Keeps the texts of a deployment as the newest version; the same texts again only get a new time.
   *
   * @throws {AppError} "busy" for a new stack beyond 1,000.
   */
  keep(key: SwarmStackKey, hostId: string, { compose, env }: SwarmTexts): void {
    const { clusterId, name } = key;
    transaction(this.database, () => {
      const last = this.get(key);
      if (last === undefined) this.#checkCount();
      const isSame = last?.compose === compose && last.env === env;
      const version = last === undefined ? 1 : isSame ? last.version : last.version + 1;
      this.database.prepare(
        "INSERT OR REPLACE INTO swarm_stacks (cluster_id, name, version, host_id, compose, env, deployed_at) " +
          "VALUES (?, ?, ?, ?, ?, ?, ?)",
      ).run(clusterId, name, version, hostId, compose, env, new Date().toISOString());
      this.database.prepare("DELETE FROM swarm_stacks WHERE cluster_id = ? AND name = ? AND version <= ?")
        .run(clusterId, name, version - MOST_VERSIONS);
    });
  }

  /** Forgets a stack with all its versions and its draft. */
  forget({ clusterId, name }: SwarmStackKey): void {
    new DraftStore(this.database).remove(swarmDraft(clusterId, name));
    this.database.prepare("DELETE FROM swarm_stacks WHERE cluster_id = ? AND name = ?").run(clusterId, name);
  }

  #checkCount(): void {
    const sql = "SELECT count(*) AS stacks FROM (SELECT DISTINCT cluster_id, name FROM swarm_stacks)";
    const { stacks } = this.database.prepare(sql).get() as { stacks: number };
    if (stacks < MOST_STACKS) return;
    throw new AppError(
      "busy",
      `Cannot store the texts: ${MOST_STACKS} swarm stacks are already stored. Remove one`,
    );
  }
}
