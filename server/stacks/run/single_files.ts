/** Single files that a compose text names, with the place of each name in the text. */
import { posix } from "../../runtime/path.ts";
import { mayNameFiles } from "../../compose/compose_yaml.ts";
import { COMPOSE_FILE, type ObjectShape } from "../../compose/schema.ts";
import { parseInSlices, type YamlDocument } from "../../compose/yaml_document.ts";

/** A file that a compose text names. */
export interface SingleFile {
  /** Path relative to the project's folder, without "./". */
  readonly path: string;
  /** `read` for files that Compose itself reads, `mount` for those that it mounts into containers. */
  readonly use: "read" | "mount";
  /** Key that has the name. */
  readonly key: "env_file" | "label_file" | "file";
  /** The characters of the name in the text, from the first to just after the last. */
  readonly range: readonly [from: number, to: number];
  /** True if something else refers to the name, and would change with it. */
  readonly isShared: boolean;
}

type Yaml = typeof import("yaml");

/** Keys of a container specification whose files Compose reads. */
const READ_KEYS = ["env_file", "label_file"] as const;

/** A mapping below an unknown key. */
const ANY_CONTAINER: ObjectShape = { keys: new Map(), isContainer: true };

/** Finds the single files with relative paths that a compose text names; none in a text that is not valid. */
export async function singleFiles(compose: string): Promise<SingleFile[]> {
  if (!mayNameFiles(compose)) return [];
  const yaml = await import("yaml");
  const document = await parseInSlices(compose);
  if (document.errors.length > 0) return [];
  const walk = new Walk(yaml, document, compose);
  walk.object(document.contents, COMPOSE_FILE);
  for (const kind of ["configs", "secrets"]) walk.mounts(document.get(kind, true));
  return walk.files();
}

/** Returns the message about a name that a copy cannot replace, because something else would change with it. */
export function sharedName(path: string): string {
  return `${JSON.stringify(path)} has an anchor that something else refers to: write the name there again`;
}

/** Replaces the names of files in a text. */
export function replaceNames(
  compose: string,
  files: readonly SingleFile[],
  pathOf: (file: SingleFile) => string | undefined,
): string {
  const parts: string[] = [];
  let end = 0;
  for (const file of [...files].sort((one, other) => one.range[0] - other.range[0])) {
    const path = file.isShared ? undefined : pathOf(file);
    if (path === undefined) continue;
    const [from, to] = file.range;
    // Compose takes a "$" for the start of a variable.
    const quoted = JSON.stringify(path.replaceAll("$", "$$$$"));
    // A block scalar includes the end of its last line.
    parts.push(compose.slice(end, from), quoted, compose[to - 1] === "\n" ? "\n" : "");
    end = to;
  }
  return parts.join("") + compose.slice(end);
}

/** A file that is found, before all references are known. */
type Found = Omit<SingleFile, "isShared">;

class Walk {
  readonly #found = new Map<number, Found>();
  /** Nodes that are names of files, or have some, with those names. */
  readonly #named = new Map<unknown, Found[]>();
  /** References in the places of names. */
  readonly #references = new Set<unknown>();
  readonly #seen = new Map<ObjectShape, Set<unknown>>();
  /** Lists below unknown keys. */
  readonly #lists = new Set<unknown>();

  /** Nodes by reference: the parser's own search reads the document again for each. */
  readonly #targets = new Map<unknown, unknown>();

  constructor(readonly yaml: Yaml, document: YamlDocument, compose: string) {
    if (!compose.includes("*")) return;
    const anchors = new Map<string, unknown>();
    yaml.visit(document, {
      Node: (_key, node) => {
        if (yaml.isAlias(node)) this.#targets.set(node, anchors.get(node.source));
        else if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
  }

  /** Searches a mapping by its schema: a variable of a container may have the name of a key. */
  object(value: unknown, shape: ObjectShape): void {
    const node = this.#resolved(value);
    const seen = this.#seen.get(shape) ?? new Set();
    this.#seen.set(shape, seen);
    if (!this.yaml.isMap(node) || seen.has(node)) return;
    seen.add(node);
    for (const { key, value } of node.items) this.#value(this.#keyOf(key), value, shape);
  }

  #value(name: string, value: unknown, shape: ObjectShape): void {
    const child = shape.keys.get(name);
    const readKey = shape.isContainer ? READ_KEYS.find((key) => key === name) : undefined;
    if (name === "<<") { for (const merged of this.#items(value)) this.object(merged, shape); }
    else if (readKey !== undefined) this.#paths(value, readKey);
    else if (child !== undefined && "keys" in child) this.object(value, child);
    else if (child !== undefined) { for (const each of this.#values(value)) this.object(each, child.each); }
    else if (!shape.keys.has(name) && !name.startsWith("x-")) this.#unknown(value);
  }

  /** Searches every mapping below an unknown key, which a newer Compose may run. */
  #unknown(value: unknown): void {
    this.object(value, ANY_CONTAINER);
    const node = this.#resolved(value);
    if (!this.yaml.isSeq(node) || this.#lists.has(node)) return;
    this.#lists.add(node);
    for (const item of node.items) this.#unknown(item);
  }

  /** Searches the entries of `configs` or `secrets`. */
  mounts(entries: unknown): void {
    for (const value of this.#values(entries)) {
      const entry = this.#resolved(value);
      if (this.yaml.isMap(entry)) this.#add(entry.get("file", true), "file", []);
    }
  }

  /** Returns the files, in the order in which they were found. */
  files(): SingleFile[] {
    const shared = new Set<Found>();
    for (const [reference, target] of this.#targets) {
      if (this.#references.has(reference)) continue;
      for (const file of this.#named.get(target) ?? []) shared.add(file);
    }
    return [...this.#found.values()].map((file) => ({ ...file, isShared: shared.has(file) }));
  }

  #paths(value: unknown, key: SingleFile["key"]): void {
    const names: Found[] = [];
    const list = this.#name(value, names);
    for (const item of this.yaml.isSeq(list) ? list.items : [value]) {
      const one = this.#name(item, names);
      this.#add(this.yaml.isMap(one) ? one.get("path", true) : item, key, names);
    }
  }

  #add(value: unknown, key: SingleFile["key"], names: Found[]): void {
    const node = this.#name(value, names);
    if (!this.yaml.isScalar(node) || typeof node.value !== "string") return;
    if (/^[/~]|[$\\:]/.test(node.value)) return;
    const path = posix.normalize(node.value);
    // A reference is replaced, not what it refers to.
    const { range } = this.yaml.isAlias(value) ? value : node;
    if (path.startsWith("..") || !range) return;
    const [from, to] = range;
    const file: Found = { path, use: key === "file" ? "mount" : "read", key, range: [from, to] };
    if (!this.yaml.isAlias(value)) names.push(file);
    this.#found.set(from, file);
  }

  /** Resolves a value in the place of a name. */
  #name(value: unknown, names: Found[]): unknown {
    if (this.yaml.isAlias(value)) this.#references.add(value);
    const node = this.#resolved(value);
    if (!this.#named.has(node) && !this.yaml.isAlias(value)) this.#named.set(node, names);
    return node;
  }

  #items(value: unknown): unknown[] {
    const node = this.#resolved(value);
    return this.yaml.isSeq(node) ? node.items : [node];
  }

  /** The values of a list or mapping, with those that are merged into it. */
  #values(value: unknown, seen = new Set<unknown>()): unknown[] {
    const node = this.#resolved(value);
    if (this.yaml.isSeq(node)) return node.items;
    if (!this.yaml.isMap(node) || seen.has(node)) return [];
    seen.add(node);
    return node.items.flatMap(({ key, value }) =>
      this.#keyOf(key) === "<<" ? this.#items(value).flatMap((merged) => this.#values(merged, seen)) : [value]
    );
  }

  #keyOf(key: unknown): string {
    return this.yaml.isScalar(key) ? String(key.value) : "";
  }

  #resolved(value: unknown): unknown {
    return this.yaml.isAlias(value) ? this.#targets.get(value) : value;
  }
}
