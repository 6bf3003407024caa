/** The answer of `GET /docker/hosts`. */
import * as v from "valibot";
import { count, described, finite } from "./schema.ts";

/** States of a host. */
export const HOST_STATES = ["connecting", "up", "down"] as const;

/** Readers of a host's numbers. */
export const HOST_READERS = ["kernel", "engine"] as const;

/** One of {@linkcode HOST_STATES}. */
export type HostState = (typeof HOST_STATES)[number];

/** One host of `GET /docker/hosts`; the engine's facts are `null` until it has answered once. */
export const HostReport = v.strictObject({
  hostId: v.string(),
  url: described(v.string(), "Address of the engine, without credentials."),
  labels: described(v.record(v.string(), v.string()), "Labels of the host in the configuration."),
  state: v.picklist(HOST_STATES),
  since: described(v.string(), "Start of this state, ISO 8601."),
  error: v.nullable(v.string()),
  engine: described(v.nullable(v.string()), 'Product and version, such as "Docker 28.5.2".'),
  apiVersion: v.nullable(v.string()),
  os: v.nullable(v.string()),
  cpus: v.nullable(count),
  memoryBytes: v.nullable(finite),
  containers: v.nullable(count),
  reader: described(v.picklist(HOST_READERS), "Source of the numbers of its running containers."),
  readerReason: described(v.string(), "Reason for this reader."),
});

/** A host in the shape of {@linkcode HostReport}. */
export type HostReport = Readonly<v.InferOutput<typeof HostReport>>;
