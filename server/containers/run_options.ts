/** Pure: the options of `docker run` that have no other place in the details, from an inspection. */
import type { ContainerDetails } from "../protocol/containers.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { textsOf } from "./details_parts.ts";
import { looksSecret } from "./environment.ts";

type Option = ContainerDetails["options"][number];
type Values = readonly (string | undefined)[];

/** Size of `/dev/shm` unless it is set, bytes. */
const SHM_BYTES = 64 * 1024 * 1024;
/** Modes of namespaces that engines write for containers without the option. */
const DEFAULT_MODES: ReadonlySet<string> = new Set(["", "private", "shareable"]);

/** Returns the options that differ from the defaults, such as `--security-opt`. */
export function runOptionsOf(inspection: unknown): Option[] {
  const { HostConfig, Config, Id } = fieldsOf(inspection);
  const host = fieldsOf(HostConfig);
  const found: Readonly<Record<string, Values>> = {
    ...confinementOf(host),
    ...resolutionOf(host),
    ...resourcesOf(host),
    ...processOf(host, fieldsOf(Config), textOf(Id) ?? ""),
  };
  return Object.entries(found).flatMap(([option, values]) =>
    values.filter((value) => value !== undefined).map((value) => ({ option, value }))
  );
}

function confinementOf(host: Readonly<Record<string, unknown>>): Readonly<Record<string, Values>> {
  const { IpcMode, PidMode, UTSMode, UsernsMode, Runtime, CgroupParent } = host;
  return {
    "--security-opt": textsOf(host["SecurityOpt"]) ?? [],
    "--device": itemsOf(host["Devices"]).map(deviceOf),
    "--ipc": mode(IpcMode),
    "--pid": mode(PidMode),
    "--uts": mode(UTSMode),
    "--userns": mode(UsernsMode),
    "--runtime": Runtime === "runc" ? [] : mode(Runtime),
    "--cgroup-parent": mode(CgroupParent),
    "--group-add": textsOf(host["GroupAdd"]) ?? [],
    "--sysctl": pairsOf(host["Sysctls"]),
  };
}

function resolutionOf(host: Readonly<Record<string, unknown>>): Readonly<Record<string, Values>> {
  return {
    "--dns": textsOf(host["Dns"]) ?? [],
    "--dns-search": textsOf(host["DnsSearch"]) ?? [],
    "--dns-option": textsOf(host["DnsOptions"]) ?? [],
    "--add-host": textsOf(host["ExtraHosts"]) ?? [],
  };
}

function resourcesOf(host: Readonly<Record<string, unknown>>): Readonly<Record<string, Values>> {
  const { LogConfig, ShmSize } = host;
  const logOptions = Object.entries(fieldsOf(fieldsOf(LogConfig)["Config"]))
    .filter(([name, value]) => !looksSecret(name, String(value)));
  return {
    "--tmpfs": Object.entries(fieldsOf(host["Tmpfs"])).map(([path, options]) =>
      textOf(options) ? `${path}:${textOf(options)}` : path
    ),
    "--shm-size": ShmSize === SHM_BYTES ? [] : number(ShmSize),
    "--ulimit": itemsOf(host["Ulimits"]).map(ulimitOf),
    "--cpuset-cpus": mode(host["CpusetCpus"]),
    "--cpu-shares": number(host["CpuShares"]),
    "--oom-score-adj": number(host["OomScoreAdj"]),
    "--log-opt": pairsOf(Object.fromEntries(logOptions)),
  };
}

function processOf(
  host: Readonly<Record<string, unknown>>,
  { Hostname, Tty, OpenStdin, StopTimeout }: Readonly<Record<string, unknown>>,
  id: string,
): Readonly<Record<string, Values>> {
  const sharesName = /^(host|container:)/.test(textOf(host["NetworkMode"]) ?? "");
  return {
    // By default it is the start of the id, or that of the shared network.
    "--hostname": sharesName || id.startsWith(textOf(Hostname) ?? "") ? [] : mode(Hostname),
    "--init": host["Init"] === true ? [""] : [],
    "--tty": Tty === true ? [""] : [],
    "--interactive": OpenStdin === true ? [""] : [],
    "--stop-timeout": number(StopTimeout),
  };
}

function mode(value: unknown): Values {
  const text = textOf(value) ?? "";
  return DEFAULT_MODES.has(text) ? [] : [text];
}

function number(value: unknown): Values {
  return typeof value === "number" && value !== 0 ? [String(value)] : [];
}

function pairsOf(value: unknown): Values {
  return Object.entries(fieldsOf(value)).map(([name, text]) => `${name}=${textOf(text) ?? ""}`);
}

function deviceOf(device: unknown): string | undefined {
  const { PathOnHost, PathInContainer, CgroupPermissions } = fieldsOf(device);
  const [outside, inside] = [textOf(PathOnHost), textOf(PathInContainer)];
  return outside && inside ? `${outside}:${inside}:${textOf(CgroupPermissions) ?? "rwm"}` : undefined;
}

function ulimitOf(limit: unknown): string | undefined {
  const { Name, Soft, Hard } = fieldsOf(limit);
  return textOf(Name) ? `${textOf(Name)}=${Number(Soft)}:${Number(Hard)}` : undefined;
}
