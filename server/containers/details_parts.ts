/** Pure: ports, mounts, networks and health of a container, from an inspection. */
import type { ContainerDetails, ContainerHealth } from "../protocol/containers.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";

/** Limit of the output of one health check, characters. */
const MAX_OUTPUT = 4096;
/** Number of newest health checks. */
const MAX_CHECKS = 10;

/** Returns a text that is not empty. */
export function someText(value: unknown): string | null {
  return textOf(value) || null;
}

/** Returns a whole, non-negative number. */
export function wholeNumber(value: unknown): number | null {
  const number = countOf(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : null;
}

/** Returns a boolean. */
export function flagOf(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** Returns the texts of a list; a single text counts as a list of one. */
export function textsOf(value: unknown): string[] | null {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== undefined) : null;
}

/** Returns a time in ISO 8601; the engine writes "never" as the year 1. */
export function timeOf(value: unknown): string | null {
  const ms = Date.parse(textOf(value) ?? "");
  return ms > 0 ? new Date(ms).toISOString() : null;
}

/** Returns the ports of a running container, or those that a stopped one will publish. */
export function portsOf(inspection: unknown): ContainerDetails["ports"] {
  const { NetworkSettings, HostConfig } = fieldsOf(inspection);
  const current = Object.entries(fieldsOf(fieldsOf(NetworkSettings)["Ports"]));
  const ports = current.length > 0 ? current : Object.entries(fieldsOf(fieldsOf(HostConfig)["PortBindings"]));
  return ports.flatMap(([text, bindings]) => {
    const [, port, protocol = null] = /^(\d{1,5})(?:\/(\w+))?$/.exec(text) ?? [];
    const inside = { private: port === undefined ? null : Number(port), protocol };
    const outside = itemsOf(bindings).map(fieldsOf);
    if (outside.length === 0) return [{ hostAddress: null, public: null, ...inside }];
    return outside.map(({ HostIp, HostPort }) => ({
      hostAddress: someText(HostIp),
      public: wholeNumber(Number(someText(HostPort) ?? NaN)),
      ...inside,
    }));
  });
}

/** Returns the mounts of a container. */
export function mountsOf(inspection: unknown): ContainerDetails["mounts"] {
  return itemsOf(fieldsOf(inspection)["Mounts"]).map(fieldsOf).map((
    { Type, Source, Destination, RW, Name },
  ) => ({
    type: someText(Type),
    source: someText(Source),
    destination: someText(Destination),
    readOnly: typeof RW === "boolean" ? !RW : null,
    name: someText(Name),
  }));
}

/** Returns the networks of a container. */
export function networksOf(inspection: unknown): ContainerDetails["networks"] {
  const { Networks } = fieldsOf(fieldsOf(inspection)["NetworkSettings"]);
  return Object.entries(fieldsOf(Networks)).map(([name, network]) => {
    const { IPAddress, GlobalIPv6Address, Gateway, MacAddress, Aliases } = fieldsOf(network);
    return {
      name,
      address: someText(IPAddress),
      ip6: someText(GlobalIPv6Address),
      gateway: someText(Gateway),
      mac: someText(MacAddress),
      aliases: textsOf(Aliases),
    };
  });
}

/** Returns the health of a container; `null` without a health check. */
export function healthOf(state: unknown): ContainerHealth | null {
  const { Status, FailingStreak, Log } = fieldsOf(fieldsOf(state)["Health"]);
  const status = someText(Status);
  if (status === null || status === "none") return null;
  return {
    status,
    failingStreak: wholeNumber(FailingStreak),
    log: itemsOf(Log).slice(-MAX_CHECKS).map(fieldsOf).map(({ Start, End, ExitCode, Output }) => ({
      start: timeOf(Start),
      end: timeOf(End),
      exitCode: exitCodeOf(ExitCode),
      output: textOf(Output)?.slice(0, MAX_OUTPUT) ?? null,
    })),
  };
}

/** Returns an exit code, which a health check that timed out has below 0. */
export function exitCodeOf(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
