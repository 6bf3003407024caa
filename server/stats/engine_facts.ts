/** Pure: the engine's facts → the part of a host's report that they decide. */
import type { EngineInfo } from "../docker/engine.ts";
import type { HostReport } from "../protocol/hosts.ts";

/** The part of a host's report that its engine decides. */
export type EngineFacts = Pick<
  HostReport,
  "engine" | "apiVersion" | "os" | "cpus" | "memoryBytes" | "containers"
>;

const UNKNOWN = { product: null, apiVersion: null, os: null, cpus: null, memoryBytes: null };

/** Returns the facts of an engine, `null` until it has answered once. */
export function engineFacts(info: EngineInfo | undefined, containers: number): EngineFacts {
  const { product, apiVersion, os, cpus, memoryBytes } = info ?? UNKNOWN;
  return {
    engine: product,
    apiVersion,
    os,
    cpus,
    memoryBytes,
    containers: info === undefined ? null : containers,
  };
}
