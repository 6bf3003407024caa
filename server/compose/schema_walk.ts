/** Pure: reads a compose file by its schema, and finds unknown keys and specifications of containers at any depth. */
import { fieldsOf } from "../untrusted_json.ts";
import { COMPOSE_FILE, type ObjectShape, type Shape } from "./schema.ts";

/** Keys and indexes from the root of a compose file. */
export type Keys = readonly (string | number)[];

/** A key that is not in the schema. */
export interface UnknownKey {
  readonly keys: Keys;
  /** Keys of the schema at this place. */
  readonly known: readonly string[];
}

/** A mapping that may name files and programs, as the keys of a container do. */
export interface ContainerSpec {
  readonly keys: Keys;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Parts of a compose file. */
export interface ComposeParts {
  /** Keys that are neither in the schema nor extensions (`x-…`). */
  readonly unknown: readonly UnknownKey[];
  /** Services, jobs and hooks, and every mapping below an unknown key, which a newer Compose may run. */
  readonly containers: readonly ContainerSpec[];
}

/**
 * Finds the parts of a compose file.
 *
 * @param value The parsed value, which may contain one object at many places, and itself. Each is read once per shape.
 */
export function partsOf(value: unknown): ComposeParts {
  const walk = new Walk();
  walk.object(value, COMPOSE_FILE, []);
  return walk;
}

class Walk implements ComposeParts {
  readonly unknown: UnknownKey[] = [];
  readonly containers: ContainerSpec[] = [];
  readonly #seen = new Map<ObjectShape | undefined, Set<unknown>>();

  object(value: unknown, shape: ObjectShape, at: Keys): void {
    if (Array.isArray(value) || !this.#isNew(value, shape)) return;
    const fields = fieldsOf(value);
    if (shape.isContainer) this.containers.push({ keys: at, fields });
    for (const [key, child] of Object.entries(fields)) {
      const keys = [...at, key];
      if (shape.keys.has(key)) this.#value(child, shape.keys.get(key), keys);
      else if (!key.startsWith("x-")) this.#unknown(child, shape, keys);
    }
  }

  #value(value: unknown, shape: Shape, at: Keys): void {
    if (shape === undefined) return;
    if ("keys" in shape) return this.object(value, shape, at);
    for (const [key, child] of Object.entries(fieldsOf(value))) {
      this.object(child, shape.each, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  }

  #unknown(value: unknown, { keys: known }: ObjectShape, keys: Keys): void {
    this.unknown.push({ keys, known: [...known.keys()] });
    const open: (readonly [value: unknown, keys: Keys])[] = [[value, keys]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [found, at] = next;
      if (!this.#isNew(found, undefined)) continue;
      const isList = Array.isArray(found);
      if (!isList) this.containers.push({ keys: at, fields: fieldsOf(found) });
      for (const [key, child] of Object.entries(fieldsOf(found))) {
        open.push([child, [...at, isList ? Number(key) : key]]);
      }
    }
  }

  /** Reports whether an object was not read with this shape before. */
  #isNew(value: unknown, shape: ObjectShape | undefined): boolean {
    if (typeof value !== "object" || value === null) return false;
    const seen = this.#seen.get(shape) ?? new Set();
    this.#seen.set(shape, seen);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  }
}
