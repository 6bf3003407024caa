/** Pure: images, volumes and networks of the simulated engine, as the engine's API returns them. */
import { builtin } from "../../builtin.ts";
import type { Container } from "../container.ts";

const MB = 1024 ** 2;
const DAY_S = 86_400;
/** Volumes and images that no container uses. */
const UNUSED = ["shop_uploads_old", "backup-2025"] as const;

/** Returns the answer to a request; `undefined` for one that is not simulated. */
export function simulatedAnswer(path: string, containers: readonly Container[], now: number): unknown {
  const [name] = path.split("?");
  if (name === "/containers/json") return containers.map(toListed);
  if (name === "/images/json") return images(containers, now);
  if (name === "/volumes") return { Volumes: volumes(containers, now) };
  if (name === "/networks") return networks(containers, now);
  return name === "/system/df" ? usage(containers, now) : undefined;
}

function toListed({ id, name, image, state, project, service, startedAt }: Container) {
  return {
    Id: id,
    Names: [`/${name}`],
    Image: image,
    ImageID: imageId(image),
    State: state,
    Created: Math.floor((startedAt ?? 0) / 1000),
    Labels: project === null ? {} : labelsOf(project, service),
    Mounts: hasVolume(service) ? [{ Type: "volume", Name: `${project}_${service}` }] : [],
    NetworkSettings: { Networks: { [project === null ? "bridge" : `${project}_default`]: {} } },
  };
}

function labelsOf(project: string, service: string | null) {
  return { "com.docker.compose.project": project, "com.docker.compose.service": service ?? "" };
}

function hasVolume(service: string | null): boolean {
  return service === "db" || service === "cache";
}

function images(containers: readonly Container[], now: number) {
  const used = unique(containers.map(({ image }) => image));
  const image = (name: string, tags: readonly string[], index: number) => ({
    Id: imageId(name),
    RepoTags: tags,
    RepoDigests: [],
    Created: Math.floor(now / 1000) - (index + 2) * 9 * DAY_S,
    Size: (60 + 83 * index) * MB,
  });
  return [
    ...used.map((name, index) => image(name, [name], index)),
    image("postgres:17", ["postgres:17"], used.length),
    image("an old build", [], used.length + 1),
  ];
}

function volumes(containers: readonly Container[], now: number) {
  const used = containers.filter(({ service }) => hasVolume(service));
  const volume = (Name: string, project: string | null, index: number) => ({
    Name,
    Driver: "local",
    CreatedAt: new Date(now - (index + 3) * 11 * DAY_S * 1000).toISOString(),
    Labels: project === null ? {} : { "com.docker.compose.project": project },
  });
  return [
    ...used.map(({ project, service }, index) => volume(`${project}_${service}`, project, index)),
    ...UNUSED.map((name, index) => volume(name, index === 0 ? "shop" : null, index + 9)),
  ];
}

function networks(containers: readonly Container[], now: number) {
  const projects = unique(containers.flatMap(({ project }) => project ?? []));
  const names = ["bridge", "host", "none", ...projects.map((project) => `${project}_default`), "old_proxy"];
  return names.map((Name, index) => ({
    Id: hash(`network ${Name}`),
    Name,
    Driver: ["host", "none"].includes(Name) ? Name : "bridge",
    Scope: "local",
    Created: new Date(now - index * 8 * DAY_S * 1000).toISOString(),
    IPAM: { Config: ["host", "none"].includes(Name) ? [] : [{ Subnet: `172.${17 + index}.0.0/16` }] },
    Labels: {},
  }));
}

function usage(containers: readonly Container[], now: number) {
  return {
    Images: images(containers, now).map((image) => ({ ...image, SharedSize: Math.floor(image.Size / 3) })),
    Volumes: volumes(containers, now).map(({ Name }, index) => ({
      Name,
      UsageData: { Size: (index + 1) * 137 * MB },
    })),
    Containers: containers.map(({ id }, index) => ({ Id: id, SizeRw: index * MB })),
  };
}

function imageId(name: string): string {
  return `sha256:${hash(`image ${name}`)}`;
}

function hash(text: string): string {
  return builtin("node:crypto").createHash("sha256").update(text).digest("hex");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
