/** The answer of `GET /docker/hosts`, and the frames of `/docker/stats?hosts=1`. */
import * as v from "valibot";
import { count, described, finite } from "./schema.ts";

/** States of a host. */
export const HOST_STATES = ["connecting", "up", "down"] as const;

/** Readers of a host's numbers. */
export const HOST_READERS = ["kernel", "engine"] as const;

/** One of {@linkcode HOST_STATES}. */
export type HostState = (typeof HOST_STATES)[number];

const numbers = {
  timestamp: described(v.string(), "Time of the reading by the host's clock, ISO 8601."),
  hostCpuUsage: described(v.nullable(finite), "Percent of one core, of all programs of the machine."),
  onlineCpus: v.nullable(count),
  hostMemoryBytes: described(v.nullable(finite), "Total minus available memory."),
  hostMemoryTotalBytes: v.nullable(finite),
  load1: described(v.nullable(finite), "Load average over 1 minute."),
  load5: described(v.nullable(finite), "Load average over 5 minutes."),
  load15: described(v.nullable(finite), "Load average over 15 minutes."),
  diskUsedBytes: described(v.nullable(finite), "Of the disk with the engine's data."),
  diskTotalBytes: described(v.nullable(finite), "Of the disk with the engine's data."),
  networkRxBytes: described(v.nullable(finite), "Since the start of the machine, without internal networks."),
  networkTxBytes: described(v.nullable(finite), "Since the start of the machine, without internal networks."),
};

/** Numbers of a host's machine; `null` where they are unknown, as with most of a host that its engine describes. */
export const HostUsage = v.strictObject(numbers);

/** Numbers in the shape of {@linkcode HostUsage}. */
export type HostUsage = Readonly<v.InferOutput<typeof HostUsage>>;

/** One host at one moment: a frame of `/docker/stats` with `hosts=1`. */
export const HostStatsMessage = v.strictObject({ hostId: v.string(), ...numbers });

/** A frame in the shape of {@linkcode HostStatsMessage}. */
export type HostStatsMessage = Readonly<v.InferOutput<typeof HostStatsMessage>>;

/** One host of `GET /docker/hosts`; the engine's facts are `null` until it has answered once. */
export const HostReport = v.strictObject({
  hostId: v.string(),
  url: described(v.string(), "Address of the engine, without credentials."),
  labels: described(v.record(v.string(), v.string()), "Labels of the host in the configuration."),
  publicName: described(
    v.nullable(v.string()),
    "Name for links to published ports; null for the page's name.",
  ),
  managed: described(v.boolean(), "True for a host that was added in DockStat and can be removed there."),
  swarm: v.optional(described(
    v.strictObject({
      nodeId: described(v.string(), "Swarm's id of the node."),
      viewOnly: described(v.boolean(), "True without verified TLS: nothing can be changed or run there."),
    }),
    "Of a host that was found as a node of a swarm.",
  )),
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
  usage: described(v.nullable(HostUsage), "Numbers of its machine; null while the host cannot be read."),
});

/** A host in the shape of {@linkcode HostReport}. */
export type HostReport = Readonly<v.InferOutput<typeof HostReport>>;
