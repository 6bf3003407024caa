/** Pure: finds what a deployment would change in a container that was created elsewhere. */
import { countOf, fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A container beside the configuration that a deployment would give it. */
export interface ContainerComparison {
  /** The service as Compose resolved it. */
  readonly service: Fields;
  /** Name of the project, the first part of the names of its volumes. */
  readonly project: string;
  /** The volumes of the project as Compose resolved them. */
  readonly volumes: Fields;
  /** Answer of the engine to `GET /containers/{id}/json`. */
  readonly inspection: Fields;
  /** Answer of the engine to `GET /images/{id}/json` for the container's image; `undefined` without one. */
  readonly image: Fields | undefined;
}

/** Lists the parts of a container that differ, such as "image" or "environment (DB_PASSWORD)". */
export function containerChanges(
  { service, project, volumes, inspection, image }: ContainerComparison,
): string[] {
  const config = fieldsOf(inspection["Config"]);
  const host = fieldsOf(inspection["HostConfig"]);
  return [
    ...textDiffers(service["image"], config["Image"]) ? ["image"] : [],
    ...named(
      "environment",
      changedKeys(service["environment"], config["Env"], fieldsOf(image?.["Config"])["Env"]),
    ),
    ...listDiffers(service["command"], config["Cmd"]) ? ["command"] : [],
    ...listDiffers(service["entrypoint"], config["Entrypoint"]) ? ["entrypoint"] : [],
    ...(["hostname", "user", "working_dir"] as const).filter((key) =>
      textDiffers(service[key], config[CONFIG_KEYS[key]])
    ),
    ...named("labels", changedLabels(service["labels"], config["Labels"])),
    ...restartDiffers(service["restart"], fieldsOf(host["RestartPolicy"])) ? ["restart"] : [],
    ...setDiffers(portsOf(service["ports"]), bindingsOf(host["PortBindings"])) ? ["ports"] : [],
    ...named("volumes", changedMounts(service["volumes"], inspection["Mounts"], project, volumes)),
    ...service["privileged"] === true !== (host["Privileged"] === true) ? ["privileged"] : [],
    ...limitsDiffer(service, host) ? ["limits"] : [],
  ];
}

const CONFIG_KEYS = { hostname: "Hostname", user: "User", working_dir: "WorkingDir" } as const;

function named(part: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${part} (${names.slice(0, 5).join(", ")})`];
}

/** A text that the service does not set is the image's. */
function textDiffers(wanted: unknown, found: unknown): boolean {
  const text = unescaped(wanted);
  return text !== undefined && text !== (textOf(found) ?? "");
}

/** Compose doubles every dollar sign in a resolved project. */
function unescaped(value: unknown): string | undefined {
  return textOf(value)?.replaceAll("$$", "$");
}

function listDiffers(wanted: unknown, found: unknown): boolean {
  if (!Array.isArray(wanted)) return false;
  const words = wanted.map(unescaped);
  return JSON.stringify(words) !== JSON.stringify(itemsOf(found));
}

/** Names of variables with another value, missing ones, and those that are neither in the service nor in the image. */
function changedKeys(wanted: unknown, found: unknown, own: unknown): string[] {
  const entries = (list: unknown) =>
    new Map(
      itemsOf(list).flatMap((item) => {
        const [, name, value = ""] = /^([^=]+)=?(.*)$/s.exec(textOf(item) ?? "") ?? [];
        return name === undefined ? [] : [[name, value] as const];
      }),
    );
  const [has, image] = [entries(found), entries(own)];
  const wants = Object.entries(fieldsOf(wanted)).map(([name, value]) =>
    // Without a value the container takes it from the image.
    [name, value === null ? image.get(name) : unescaped(String(value))] as const
  );
  const changed = wants.filter(([name, value]) => has.get(name) !== value).map(([name]) => name);
  const kept = new Set(wants.map(([name]) => name));
  const lost = [...has].filter(([name, value]) => !kept.has(name) && image.get(name) !== value);
  return [...changed, ...lost.map(([name]) => name)].sort();
}

/** Labels of Compose itself, and those of the image, are not in the service. */
function changedLabels(wanted: unknown, found: unknown): string[] {
  const has = fieldsOf(found);
  return Object.entries(fieldsOf(wanted))
    .filter(([name, value]) => unescaped(String(value)) !== textOf(has[name]))
    .map(([name]) => name).sort();
}

function restartDiffers(wanted: unknown, { Name, MaximumRetryCount }: Fields): boolean {
  const [policy = "no", retries] = (textOf(wanted) ?? "no").split(":");
  const found = textOf(Name) || "no";
  return policy !== found || retries !== undefined && Number(retries) !== countOf(MaximumRetryCount);
}

function portsOf(ports: unknown): string[] {
  return itemsOf(ports).map(fieldsOf).flatMap(({ host_ip: ip, target, published, protocol }) =>
    published === undefined ? [] : [`${textOf(ip) ?? ""}:${published}:${target}/${textOf(protocol) ?? "tcp"}`]
  );
}

function bindingsOf(bindings: unknown): string[] {
  return Object.entries(fieldsOf(bindings)).flatMap(([port, list]) =>
    itemsOf(list).map(fieldsOf).map(({ HostIp, HostPort }) =>
      `${textOf(HostIp) ?? ""}:${textOf(HostPort) ?? ""}:${port}`
    )
  );
}

function setDiffers(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...new Set(one)].sort()) !== JSON.stringify([...new Set(other)].sort());
}

/** Without a regular expression, which would read a long run of slashes once for each of them. */
function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/** Targets of mounts with another source, and missing ones. */
function changedMounts(wanted: unknown, found: unknown, project: string, volumes: Fields): string[] {
  const mounts = new Map(itemsOf(found).map(fieldsOf).map((mount) => [textOf(mount["Destination"]), mount]));
  return itemsOf(wanted).map(fieldsOf).flatMap(({ type, source, target, read_only: readOnly }) => {
    const at = unescaped(target) ?? "";
    const mount = mounts.get(withoutEndSlashes(at));
    const name = unescaped(source);
    const expected = type === "volume" && name !== undefined
      ? textOf(fieldsOf(volumes[name])["name"]) ?? `${project}_${name}`
      : name;
    if (type !== "bind" && type !== "volume") return [];
    if (mount === undefined) return [at];
    const source_ = type === "bind" ? mount["Source"] : mount["Name"];
    const isSame = (expected === undefined || expected === textOf(source_)) &&
      (readOnly === true) === (mount["RW"] === false);
    return isSame ? [] : [at];
  });
}

function limitsDiffer({ mem_limit: memory, cpus, deploy }: Fields, { Memory, NanoCpus }: Fields): boolean {
  const limits = fieldsOf(fieldsOf(fieldsOf(deploy)["resources"])["limits"]);
  const wantedMemory = Number(memory ?? limits["memory"] ?? 0);
  const wantedCpus = Number(cpus ?? limits["cpus"] ?? 0);
  return Number.isFinite(wantedMemory) && wantedMemory !== (countOf(Memory) ?? 0) ||
    Number.isFinite(wantedCpus) && Math.round(wantedCpus * 1e9) !== (countOf(NanoCpus) ?? 0);
}
