/** Pure: a container as a Compose file. */
import { stringify } from "yaml";
import { escaped, furtherOf, logOptionsOf } from "./compose_options.ts";
import type { RecreatedMount, Recreation } from "./recreation.ts";

/**
 * Returns a Compose file with one service like a container. Volumes and networks are those that exist. Masked values
 * come from the environment of Compose.
 */
export function toCompose(settings: Recreation, service: string): string {
  const { mounts, networks } = settings;
  const volumes = mounts.flatMap(({ type, source }) =>
    type === "volume" && source !== undefined ? [source] : []
  );
  const file = {
    services: { [service]: serviceOf(settings) },
    ...section("volumes", volumes),
    ...section("networks", networks),
  };
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}

function section(name: string, items: readonly string[]): Readonly<Record<string, unknown>> {
  if (items.length === 0) return {};
  return { [name]: Object.fromEntries(items.map((item) => [item, { external: true }])) };
}

function serviceOf(settings: Recreation): Readonly<Record<string, unknown>> {
  const { name, image, entrypoint, command, env, labels, ports, mounts, networks } = settings;
  return present({
    container_name: name,
    image: escaped(image),
    entrypoint: entrypoint.map(escaped),
    command: command.map(escaped),
    environment: Object.fromEntries(
      env.map(([key, value]) => [key, value === null ? `\${${key}}` : escaped(value)]),
    ),
    ports,
    volumes: mounts.map(volumeOf),
    network_mode: settings.networkMode,
    networks,
    ...limitsOf(settings),
    ...processOf(settings),
    ...furtherOf(settings.options),
    labels: Object.fromEntries(labels.map(([key, value]) => [key, escaped(value)])),
  });
}

function processOf(
  { restart, user, workingDir, privileged, readOnly, capAdd, capDrop, logDriver, options }: Recreation,
): Readonly<Record<string, unknown>> {
  return {
    restart,
    user: user === undefined ? undefined : escaped(user),
    working_dir: workingDir === undefined ? undefined : escaped(workingDir),
    privileged: privileged || undefined,
    read_only: readOnly || undefined,
    cap_add: capAdd,
    cap_drop: capDrop,
    logging: present({ driver: logDriver, options: logOptionsOf(options) }),
  };
}

function limitsOf(
  { cpus, memory, memorySwap, memoryReservation, pids }: Recreation,
): Readonly<Record<string, unknown>> {
  return {
    cpus,
    mem_limit: memory,
    memswap_limit: memorySwap,
    mem_reservation: memoryReservation,
    pids_limit: pids,
  };
}

function volumeOf({ type, source, target, readOnly }: RecreatedMount): Readonly<Record<string, unknown>> {
  return present({
    type,
    source: source === undefined ? undefined : escaped(source),
    target: escaped(target),
    read_only: readOnly || undefined,
  });
}

/** Leaves out settings that are empty. */
function present(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) =>
      value !== undefined && (typeof value !== "object" || value === null || Object.keys(value).length > 0)
    ),
  );
}
