/** Migrations of the database for swarms. */

/** The migrations, in order. */
export const SWARM_MIGRATIONS: readonly string[] = [
  `CREATE TABLE swarm_stacks (
  cluster_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  host_id TEXT NOT NULL,
  compose TEXT NOT NULL,
  env TEXT NOT NULL,
  deployed_at TEXT NOT NULL,
  PRIMARY KEY (cluster_id, name, version)
)`,
  "ALTER TABLE operations ADD COLUMN swarm TEXT",
];
