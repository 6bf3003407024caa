/** A fake engine with containers, images, volumes and networks, which refuses what a real one refuses. */
import type { EngineCall } from "../../../server/docker/engine.ts";
import { AppError } from "../../../server/errors.ts";
import { FakeEngine, idOf } from "../engine.ts";

/** An entry of one of the engine's lists. */
export type Raw = Record<string, unknown>;

/** Returns the id of an image for a name. */
export function imageId(name: string): string {
  return `sha256:${idOf(name)}`;
}

/** Creates an entry of the list of containers. */
export function rawContainer(name: string, changes: Raw = {}): Raw {
  return {
    Id: idOf(name),
    Names: [`/${name}`],
    State: "exited",
    Created: 1_795_000_000,
    Labels: {},
    ...changes,
  };
}

/** Creates an entry of the list of images. */
export function rawImage(name: string, tags: readonly string[] = [], changes: Raw = {}): Raw {
  return {
    Id: imageId(name),
    RepoTags: tags,
    RepoDigests: [],
    Created: 1_795_000_000,
    Size: 1000,
    ...changes,
  };
}

/** Creates an entry of the list of volumes. */
export function rawVolume(name: string, changes: Raw = {}): Raw {
  return { Name: name, Driver: "local", CreatedAt: "2026-11-26T07:00:00Z", Labels: {}, ...changes };
}

/** Creates an entry of the list of networks. */
export function rawNetwork(name: string, changes: Raw = {}): Raw {
  const created = "2026-11-26T07:00:00.123Z";
  return {
    Id: idOf(name),
    Name: name,
    Driver: "bridge",
    Scope: "local",
    Created: created,
    Labels: {},
    ...changes,
  };
}

/** The lists of a fake engine; a test changes them. */
export class ResourceEngine extends FakeEngine {
  /** Entries of the lists. */
  raw: { containers: Raw[]; images: Raw[]; volumes: Raw[]; networks: Raw[] } = {
    containers: [],
    images: [],
    volumes: [],
    networks: [],
  };
  /** The answer of `GET /system/df`. */
  usage: () => unknown = () => ({});
  /** Called before a removal is answered. */
  onDelete: (path: string) => void | Promise<void> = () => {};

  override onCall = ({ method, path }: EngineCall): unknown => {
    if (method === "DELETE") return this.#delete(path);
    if (path.startsWith("/system/df")) return this.usage();
    if (path.startsWith("/containers/json")) return this.raw.containers;
    if (path === "/images/json") return this.raw.images;
    if (path === "/networks") return this.raw.networks;
    return path === "/volumes" ? { Volumes: this.raw.volumes } : [];
  };

  /** Paths of all removals that were sent, in order. */
  get removals(): string[] {
    return this.sent.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  }

  async #delete(path: string): Promise<void> {
    await this.onDelete(path);
    const [, kind = "", name = ""] = /^\/(\w+)\/([^?]*)/.exec(path) ?? [];
    if (kind === "images") return this.#untag(name);
    const key = kind as "containers" | "volumes" | "networks";
    const stays = this.raw[key].filter(({ Id, Name }) =>
      Id !== name && (kind === "containers" || Name !== name)
    );
    if (stays.length === this.raw[key].length) throw new AppError("not-found", `no such ${kind}: ${name}`);
    this.raw[key] = stays;
  }

  #untag(name: string): void {
    const image = this.raw.images.find(({ Id, RepoTags, RepoDigests }) =>
      Id === name || [...RepoTags as string[], ...RepoDigests as string[]].includes(name)
    );
    if (image === undefined) throw new AppError("not-found", `No such image: ${name}`);
    const tags = (image["RepoTags"] as string[]).filter((tag) => tag !== name);
    if (image["Id"] === name && tags.length > 1) {
      throw new AppError("engine-refused", "conflict: image is referenced in multiple repositories");
    }
    image["RepoTags"] = image["Id"] === name ? [] : tags;
    if ((image["RepoTags"] as string[]).length > 0) return;
    this.raw.images = this.raw.images.filter((one) => one !== image);
  }
}
