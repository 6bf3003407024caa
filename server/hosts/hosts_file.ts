/** `DIR/hosts.yaml`: the hosts that were added in DockStat, with their PEM files beside it. */
import { parseConfigFile } from "../config/config_file.ts";
import type { FileHost } from "../config/host_schema.ts";
import type { HostConfig } from "../config/hosts.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { resolve } from "../runtime/path.ts";
import { isPageUrl, type NewHost } from "../protocol/hosts/new_host.ts";
import { AtomicWrites, namesIn, removeFile, removeTree } from "../store/files.ts";

/** A host that was added in DockStat. */
export type AddedHost = Extract<HostConfig, { kind: "docker" }>;

const FILE = "hosts.yaml";
const FOLDER = "hosts";
/** Folder of the PEM files of a host. */
const OWN_FOLDER = /-[0-9a-f]{8}$/;
const COMMENT = "# Hosts added in DockStat. Hosts in dockstat.yaml take precedence.\n";

const log = getLogger(["dockstat", "hosts"]);

/** The stored hosts of a data folder. */
export class HostsFile {
  readonly #path: string;

  /** @param data Data folder, absolute. */
  constructor(readonly data: string) {
    this.#path = `${data}/${FILE}`;
  }

  /** Reads the hosts. A damaged file is kept under another name, so that DockStat starts without it. */
  async read(): Promise<readonly AddedHost[]> {
    try {
      const text = await Deno.readTextFile(this.#path);
      const file = await parseConfigFile(text, this.#path);
      const hosts = (file.hosts ?? []).flatMap((host) => "id" in host ? this.#toAdded(host) : []);
      await this.#removeUnused(hosts);
      return hosts;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) await this.#removeUnused([]);
      else await this.#setAside(reason(error));
      return [];
    }
  }

  /**
   * Returns a host; nothing for an address that the page does not take, should the file have been edited. A missing PEM
   * file is an error of its host alone.
   */
  #toAdded({ id, url = "", tls, labels, publicName }: FileHost): readonly AddedHost[] {
    if (!isPageUrl(url)) {
      log.warn("Host {id} of {file} is left out: its address is allowed only in dockstat.yaml", {
        ...{ id, file: FILE },
      });
      return [];
    }
    const paths = tls && Object.fromEntries(
      Object.entries(tls).map(([key, path = ""]) => [key, resolve(this.data, path)]),
    );
    return [{
      ...{ kind: "docker", id, managed: true, endpoint: { url, guarded: true, ...paths && { tls: paths } } },
      ...labels !== undefined && { labels },
      ...publicName !== undefined && { publicName },
    }];
  }

  /** Removes PEM files that a killed process has left; a damaged list may still name them. */
  async #removeUnused(hosts: readonly AddedHost[]): Promise<void> {
    try {
      if ((await namesIn(this.data)).some((name) => name.startsWith(`${FILE}.damaged-`))) return;
      const used = new Set(hosts.flatMap(({ endpoint: { tls = {} } }) => Object.values(tls).map(folderOf)));
      for (const name of await namesIn(`${this.data}/${FOLDER}`)) {
        const path = `${this.data}/${FOLDER}/${name}`;
        if (OWN_FOLDER.test(name) && !used.has(path)) await removeTree(path);
      }
    } catch (error) {
      log.warn("Cannot remove unused files of hosts: {why}", { why: reason(error) });
    }
  }

  /** Writes the PEM texts of a new host; returns it with their paths. */
  async putTexts({ id, url, tls = {}, labels, publicName }: NewHost): Promise<AddedHost> {
    const folder = `${this.data}/${FOLDER}/${id}-${crypto.randomUUID().slice(0, 8)}`;
    const texts = Object.entries(tls).filter((entry): entry is [string, string] => entry[1] !== undefined);
    if (texts.length > 0) await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [key, text] of texts) {
      await Deno.writeTextFile(`${folder}/${key}.pem`, text, { createNew: true, mode: 0o600 });
    }
    const paths = Object.fromEntries(texts.map(([key]) => [key, `${folder}/${key}.pem`]));
    return {
      ...{ kind: "docker", id, managed: true },
      endpoint: { url, guarded: true, ...texts.length > 0 && { tls: paths } },
      ...labels !== undefined && { labels },
      ...publicName !== undefined && { publicName },
    };
  }

  /** Removes the PEM files of a host. */
  async removeTexts({ endpoint: { tls = {} } }: AddedHost): Promise<void> {
    const [path] = Object.values(tls);
    if (path?.startsWith(`${this.data}/${FOLDER}/`)) await removeTree(folderOf(path));
  }

  /** Writes the list of hosts. */
  async write(hosts: readonly AddedHost[]): Promise<void> {
    if (hosts.length === 0) return await removeFile(this.#path);
    const { stringify } = await import("yaml");
    const listed = hosts.map(({ id, endpoint: { url, tls }, labels, publicName }) => ({
      ...{ id, url },
      ...tls && { tls: this.#relative(tls) },
      ...labels && { labels },
      ...publicName !== undefined && { publicName },
    }));
    await using writes = new AtomicWrites();
    await writes.write(this.#path, new TextEncoder().encode(COMMENT + stringify({ hosts: listed })));
    await writes.settle();
  }

  #relative(tls: NonNullable<AddedHost["endpoint"]["tls"]>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(tls).map(([key, path]) => [key, path.slice(this.data.length + 1)]),
    );
  }

  async #setAside(why: string): Promise<void> {
    const kept = `${this.#path}.damaged-${Date.now()}`;
    log.error("Cannot use {path}: {why}. The file was moved to {kept}", { path: this.#path, why, kept });
    await Deno.rename(this.#path, kept).catch((error) =>
      log.error("Cannot rename {path}: {why}", { path: this.#path, why: reason(error) })
    );
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
