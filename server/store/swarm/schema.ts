/** Table of the texts of stacks of swarms. */

/** Creates the table. */
export const SWARM_STACKS = `CREATE TABLE swarm_stacks (
  cluster_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  host_id TEXT NOT NULL,
  compose TEXT NOT NULL,
  env TEXT NOT NULL,
  deployed_at TEXT NOT NULL,
  PRIMARY KEY (cluster_id, name, version)
)`;
