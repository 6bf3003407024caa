/** Single files that a compose text names, with the place of each name in the text. */
import { posix } from "node:path";

/** A file that a compose text names. */
export interface SingleFile {
  /** Path relative to the project's folder, without "./". */
  readonly path: string;
  /** `read` for files that Compose itself reads, `mount` for those that it mounts into containers. */
  readonly use: "read" | "mount";
  /** The characters of the name in the text, from the first to behind the last. */
  readonly range: readonly [from: number, to: number];
}

type Yaml = typeof import("yaml");

/** Keys of a container specification whose files Compose reads. */
const READ_KEYS: ReadonlySet<string> = new Set(["env_file", "label_file"]);

/** Finds the single files with relative paths that a valid compose text names. */
export async function singleFiles(compose: string): Promise<SingleFile[]> {
  // The parser with positions takes a second for a long text.
  if (!/\b(?:env_file|label_file|file)\b/.test(compose)) return [];
  const yaml = await import("yaml");
  const document = yaml.parseDocument(compose, { uniqueKeys: false, merge: false });
  if (document.errors.length > 0) return [];
  const walk = new Walk(yaml, document);
  for (const kind of ["services", "jobs"]) walk.services(document.get(kind, true));
  for (const kind of ["configs", "secrets"]) walk.mounts(document.get(kind, true));
  return [...walk.found.values()];
}

/** Replaces the names of files in a text, from the last to the first. */
export function replaceNames(
  compose: string,
  files: readonly SingleFile[],
  pathOf: (file: SingleFile) => string | undefined,
): string {
  return [...files].sort((one, other) => other.range[0] - one.range[0]).reduce((text, file) => {
    const path = pathOf(file);
    if (path === undefined) return text;
    // Compose takes a "$" for the start of a variable.
    const quoted = JSON.stringify(path.replaceAll("$", "$$$$"));
    return text.slice(0, file.range[0]) + quoted + text.slice(file.range[1]);
  }, compose);
}

class Walk {
  readonly found = new Map<number, SingleFile>();
  readonly #seen = new Set<unknown>();

  constructor(readonly yaml: Yaml, readonly document: InstanceType<Yaml["Document"]>) {}

  /** Searches every container specification, at any depth: services have hooks with their own. */
  services(value: unknown): void {
    const node = this.#resolved(value);
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (this.yaml.isSeq(node)) { for (const item of node.items) this.services(item); }
    if (!this.yaml.isMap(node)) return;
    for (const { key, value } of node.items) {
      const name = this.yaml.isScalar(key) ? String(key.value) : "";
      if (READ_KEYS.has(name)) this.#paths(value);
      else this.services(value);
    }
  }

  /** Searches the entries of `configs` or `secrets`. */
  mounts(entries: unknown): void {
    const node = this.#resolved(entries);
    if (!this.yaml.isMap(node)) return;
    for (const { value } of node.items) {
      const entry = this.#resolved(value);
      if (this.yaml.isMap(entry)) this.#add(entry.get("file", true), "mount");
    }
  }

  #paths(value: unknown): void {
    const node = this.#resolved(value);
    for (const item of this.yaml.isSeq(node) ? node.items : [node]) {
      const one = this.#resolved(item);
      this.#add(this.yaml.isMap(one) ? one.get("path", true) : one, "read");
    }
  }

  #add(value: unknown, use: SingleFile["use"]): void {
    const node = this.#resolved(value);
    if (!this.yaml.isScalar(node) || typeof node.value !== "string" || !node.range) return;
    const isBlock = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL";
    if (isBlock || /^[/~]|[$\\:]/.test(node.value)) return;
    const path = posix.normalize(node.value);
    if (path.startsWith("..")) return;
    const [from, to] = node.range;
    this.found.set(from, { path, use, range: [from, to] });
  }

  #resolved(value: unknown): unknown {
    return this.yaml.isAlias(value) ? value.resolve(this.document) : value;
  }
}
