/** Digests of the services of each stack as they were deployed last. */
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "./database.ts";

/** Digests of one service. */
export interface DeployedService {
  readonly name: string;
  /** Digest of its configs and secrets; empty without any. */
  readonly contentHash: string;
  /** Digest of its build section and context; `null` if it was not built. */
  readonly buildHash: string | null;
  /** Digests of the parts of its resolved configuration; `undefined` if they are not known. */
  readonly parts: Readonly<Record<string, string>> | undefined;
  /** Compose's label of its containers; `null` if it is not known, or if they differ. */
  readonly configHash: string | null;
}

/** The table of deployed services. */
export class DeployedServices {
  constructor(readonly database: DatabaseSync) {}

  /** Returns the services of a stack by name. */
  get(stackId: number): ReadonlyMap<string, DeployedService> {
    const rows = this.database.prepare("SELECT * FROM deployed_services WHERE stack_id = ?").all(stackId);
    return new Map(rows.map((row) => {
      const name = String(row["service"]);
      const buildHash = row["build_hash"] as string | null;
      const parts = row["parts"] === null ? undefined : JSON.parse(String(row["parts"]));
      const configHash = row["config_hash"] as string | null;
      return [name, { name, contentHash: String(row["hash"]), buildHash, parts, configHash }];
    }));
  }

  /** Replaces the services of a stack. */
  set(stackId: number, services: readonly DeployedService[]): void {
    transaction(this.database, () => {
      this.database.prepare("DELETE FROM deployed_services WHERE stack_id = ?").run(stackId);
      const sql = "INSERT INTO deployed_services (stack_id, service, hash, build_hash, parts, config_hash) " +
        "VALUES (?, ?, ?, ?, ?, ?)";
      for (const { name, contentHash, buildHash, parts, configHash } of services) {
        const json = parts === undefined ? null : JSON.stringify(parts);
        this.database.prepare(sql).run(stackId, name, contentHash, buildHash, json, configHash);
      }
    });
  }
}
