/** Pure: the settings that create a container like an existing one. */
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { policyText } from "./detail_facts.ts";

/** A mount of `docker run --mount` or of Compose. */
export interface RecreatedMount {
  readonly type: "bind" | "volume" | "tmpfs";
  /** Path or volume; `undefined` for a new volume. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
}

/** Settings of a new container. Those that Docker sets by default are left out. */
export interface Recreation {
  readonly name: string;
  readonly image: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `null` for a masked value. */
  readonly env: readonly (readonly [name: string, value: string | null])[];
  /** Such as `127.0.0.1:8080:80/tcp`. */
  readonly ports: readonly string[];
  readonly mounts: readonly RecreatedMount[];
  /** A mode such as `host`; `undefined` for networks. */
  readonly networkMode: string | undefined;
  readonly networks: readonly string[];
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly restart: string | undefined;
  readonly user: string | undefined;
  readonly workingDir: string | undefined;
  readonly privileged: boolean;
  readonly readOnly: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly logDriver: string | undefined;
  readonly cpus: number | undefined;
  /** In bytes. */
  readonly memory: number | undefined;
  /** Memory and swap together, bytes; -1 is unlimited. */
  readonly memorySwap: number | undefined;
  /** In bytes. */
  readonly memoryReservation: number | undefined;
  readonly pids: number | undefined;
  /** Further options of `docker run`. */
  readonly options: ContainerDetails["options"];
}

/** Labels that Compose sets itself. */
const COMPOSE_LABEL = "com.docker.compose.";
const ANY_ADDRESS: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);
/** Name of a volume that was created for one container. */
const ANONYMOUS = /^[0-9a-f]{64}$/;
const DEFAULT_NETWORKS: ReadonlySet<string> = new Set(["", "default", "bridge"]);

/** Returns the settings of a container's details. */
export function recreationOf(details: ContainerDetails): Recreation {
  const { limits, networkMode } = details;
  const isMode = networkMode === "host" || networkMode === "none" || networkMode?.startsWith("container:");
  return {
    name: details.name,
    image: details.image ?? details.imageId ?? "",
    entrypoint: details.entrypoint ?? [],
    command: details.command ?? [],
    env: details.env.map(({ name, value, masked }) => [name, masked ? null : value ?? ""]),
    ports: portsOf(details.ports),
    mounts: details.mounts.flatMap(mountOf),
    networkMode: isMode ? networkMode ?? undefined : undefined,
    networks: isMode ? [] : networksOf(details),
    labels: Object.entries(details.labels).filter(([name]) => !name.startsWith(COMPOSE_LABEL)),
    restart: known(policyText(details.restartPolicy), "no"),
    user: known(details.user),
    workingDir: known(details.workingDir),
    privileged: details.privileged === true,
    readOnly: details.readOnlyRootfs === true,
    capAdd: details.capAdd ?? [],
    capDrop: details.capDrop ?? [],
    logDriver: known(details.logDriver, "json-file"),
    cpus: limits.cpus ?? undefined,
    memory: limits.memoryBytes ?? undefined,
    memorySwap: swapOf(limits),
    memoryReservation: limits.memoryReservationBytes ?? undefined,
    pids: limits.pids ?? undefined,
    options: details.options,
  };
}

/** Returns each published port once: an engine lists it for IPv4 and for IPv6. */
function portsOf(ports: ContainerDetails["ports"]): readonly string[] {
  const published = ports.flatMap(({ hostAddress, public: open, private: inner, protocol }) => {
    if (open === null || inner === null) return [];
    const address = hostAddress ?? "";
    const host = ANY_ADDRESS.has(address) ? "" : address.includes(":") ? `[${address}]:` : `${address}:`;
    return [`${host}${open}:${inner}${protocol === null || protocol === "tcp" ? "" : `/${protocol}`}`];
  });
  return [...new Set(published)];
}

function mountOf(
  { type, source, destination, readOnly, name }: ContainerDetails["mounts"][number],
): readonly RecreatedMount[] {
  if (destination === null) return [];
  const common = { target: destination, readOnly: readOnly === true };
  if (type === "tmpfs") return [{ type, source: undefined, ...common }];
  if (type === "volume") {
    return [{ type, source: name === null || ANONYMOUS.test(name) ? undefined : name, ...common }];
  }
  return type === "bind" && source !== null ? [{ type, source, ...common }] : [];
}

function networksOf({ networks, networkMode }: ContainerDetails): readonly string[] {
  const names = networks.map(({ name }) => name).filter((name) => !DEFAULT_NETWORKS.has(name));
  const first = networkMode ?? "";
  return [...names].sort((one, other) => Number(other === first) - Number(one === first));
}

/** Docker allows as much swap as memory by default. */
function swapOf({ memoryBytes, memorySwapBytes }: ContainerDetails["limits"]): number | undefined {
  if (memoryBytes === null || memorySwapBytes === null || memorySwapBytes === 2 * memoryBytes) {
    return undefined;
  }
  return memorySwapBytes;
}

function known(text: string | null, byDefault = ""): string | undefined {
  return text === null || text === "" || text === byDefault ? undefined : text;
}
