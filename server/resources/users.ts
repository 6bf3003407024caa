/** Pure: the containers that use images, volumes and networks, from the engine's list of all containers. */
import type { ResourceUser } from "../protocol/resources/resources.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { membershipOf } from "../docker/text/membership.ts";
import type { Fields } from "./engine_lists.ts";

/** Label of the Compose project, on containers, volumes and networks. */
const PROJECT_LABEL = "com.docker.compose.project";
const CONTAINER_ID = /^[0-9a-f]{64}$/;

/** A container with everything that it uses. */
export interface UsingContainer {
  readonly user: ResourceUser;
  readonly imageId: string;
  /** The reference that it was created with, or the id if its tag has moved on. */
  readonly image: string;
  /** Names of volumes. */
  readonly volumes: readonly string[];
  /** Folders and files of the host that it mounts. */
  readonly folders: readonly string[];
  /** Ids and names of networks, also of those that a stopped container will join. */
  readonly networks: readonly string[];
}

/** Converts the list; an entry without a valid id is left out. */
export function usingContainers(containers: readonly Fields[]): readonly UsingContainer[] {
  return containers.flatMap((raw) => {
    const id = textOf(raw["Id"]) ?? "";
    return CONTAINER_ID.test(id) ? [usingContainer(id, raw)] : [];
  });
}

function usingContainer(id: string, raw: Fields): UsingContainer {
  const { Names, Image, ImageID, State, Labels, Mounts, NetworkSettings, HostConfig } = raw;
  const { project, service } = membershipOf(fieldsOf(Labels));
  const mounts = itemsOf(Mounts).map(fieldsOf);
  const networks = Object.entries(fieldsOf(fieldsOf(NetworkSettings)["Networks"]));
  return {
    user: {
      id,
      name: nameOf(itemsOf(Names).map(textOf), id),
      state: textOf(State) ?? null,
      project,
      service,
    },
    imageId: textOf(ImageID) ?? "",
    image: textOf(Image) ?? "",
    volumes: texts(mounts.filter(({ Type }) => Type === "volume").map(({ Name }) => Name)),
    folders: texts(mounts.filter(({ Type }) => Type === "bind").map(({ Source }) => Source)),
    networks: texts([
      ...networks.flatMap(([name, network]) => [name, fieldsOf(network)["NetworkID"]]),
      fieldsOf(HostConfig)["NetworkMode"],
    ]),
  };
}

/** A linked container has further names, such as "/web/db"; its own name has a single slash. */
function nameOf(names: readonly (string | undefined)[], id: string): string {
  const known = names.filter((name) => name !== undefined);
  return (known.find((name) => name.lastIndexOf("/") === 0) ?? known[0] ?? id).replace(/^\//, "");
}

function texts(values: readonly unknown[]): string[] {
  return values.map(textOf).filter((text) => text !== undefined && text !== "") as string[];
}

/** Returns the users that a condition selects, by name. */
export function usersWhere(
  containers: readonly UsingContainer[],
  uses: (container: UsingContainer) => boolean,
): ResourceUser[] {
  return containers.filter(uses).map(({ user }) => user).sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Returns the projects named by the label of a resource and by its users. */
export function projectsOf(labels: unknown, users: readonly ResourceUser[]): string[] {
  const own = textOf(fieldsOf(labels)[PROJECT_LABEL]);
  const all = [own, ...users.map(({ project }) => project)].filter((project) => !!project) as string[];
  return [...new Set(all)].sort();
}
