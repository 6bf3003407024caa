/** Pure: finds ports and container names of a project that are taken on its host or occur twice. */
import type { Container } from "../../docker/container.ts";
import { isOfProject } from "../../docker/text/membership.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { PathIssue } from "./issues.ts";
import type { Resolved } from "./resolve.ts";

/** A port of the host. */
interface Binding {
  /** Address; empty for all. */
  readonly address: string;
  /** Such as "8080/tcp". */
  readonly port: string;
}

/** Addresses that stand for all. */
const ALL = ["", "0.0.0.0", "::", "[::]"];

/** Finds ports and container names that a deployment could not have. */
export function findClashes(
  resolved: Resolved,
  project: string | undefined,
  containers: readonly Container[],
): PathIssue[] {
  const others = containers.filter((container) => project === undefined || !isOfProject(container, project));
  return [
    ...takenPorts(resolved, others),
    ...doublePorts(resolved),
    ...takenNames(resolved, others),
    ...ofReplicas(resolved),
  ];
}

function takenPorts(resolved: Resolved, others: readonly Container[]): PathIssue[] {
  return wantedPorts(resolved).flatMap(({ service, ...wanted }) => {
    const holder = others.find(({ publishedAddresses }) =>
      publishedAddresses.split(" ").filter(Boolean).map(toBinding).some((held) => overlap(held, wanted))
    );
    if (holder === undefined) return [];
    const message = `port ${wanted.port} is taken by container "${holder.name}"`;
    return [{ keys: ["services", service, "ports"], message }];
  });
}

function doublePorts(resolved: Resolved): PathIssue[] {
  const wanted = wantedPorts(resolved);
  return wanted.flatMap(({ service, ...port }, at) => {
    const first = wanted.slice(0, at).find((other) => overlap(other, port));
    if (first === undefined) return [];
    const message = `port ${port.port} is published twice: service "${first.service}" publishes it too`;
    return [{ keys: ["services", service, "ports"], message }];
  });
}

function takenNames({ services }: Resolved, others: readonly Container[]): PathIssue[] {
  return services.flatMap(({ name, containerName }) => {
    const holder = containerName !== null && others.find((container) => container.name === containerName);
    if (!holder) return [];
    const owner = holder.project === null
      ? "another container"
      : `a container of project "${holder.project}"`;
    const message = `the name "${containerName}" is taken by ${owner}`;
    return [{ keys: ["services", name, "container_name"], message }];
  });
}

/** Several containers of a service cannot have one name, nor publish one port. */
function ofReplicas(resolved: Resolved): PathIssue[] {
  const ports = wantedPorts(resolved);
  return resolved.services.filter(({ wanted }) => wanted > 1).flatMap(({ name, wanted, containerName }) => {
    const port = ports.find(({ service }) => service === name)?.port;
    return [
      ...port === undefined ? [] : [{
        keys: ["services", name, "ports"],
        message: `port ${port} can be published by one of its ${wanted} containers only`,
      }],
      ...containerName === null ? [] : [{
        keys: ["services", name, "container_name"],
        message: `the name "${containerName}" can be that of one of its ${wanted} containers only`,
      }],
    ];
  });
}

function wantedPorts(
  { config }: Resolved,
): (Binding & { readonly service: string })[] {
  return Object.entries(config).flatMap(([service, { ports }]) =>
    itemsOf(ports).map(fieldsOf).flatMap(({ published, protocol, host_ip: ip }) => {
      const port = textOf(published) ?? (typeof published === "number" ? String(published) : "");
      return /^\d+$/.test(port) && port !== "0"
        ? [{ service, address: textOf(ip) ?? "", port: `${port}/${textOf(protocol) ?? "tcp"}` }]
        : [];
    })
  );
}

function toBinding(text: string): Binding {
  const colon = text.lastIndexOf(":");
  return { address: text.slice(0, colon), port: text.slice(colon + 1) };
}

function overlap(one: Binding, other: Binding): boolean {
  if (one.port !== other.port) return false;
  return one.address === other.address || ALL.includes(one.address) || ALL.includes(other.address);
}
