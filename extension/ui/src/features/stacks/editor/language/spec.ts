/** Pure: the keys and values of a compose file at each place, by the schema of the Compose specification. */
import spec from "./compose_spec.json" with { type: "json" };
import { extraKeysAt } from "./extra_keys.ts";

/** Keys and indexes from the root of a compose file. */
export type Path = readonly (string | number)[];

/** A place in a compose file. */
export interface Place {
  readonly description: string | undefined;
  /** Keys of a mapping with their descriptions; empty where keys are free. */
  readonly keys: ReadonlyMap<string, string | undefined>;
  /** True if a mapping has only {@linkcode keys}. */
  readonly isClosed: boolean;
  /** Texts that are allowed, such as those of an enumeration. */
  readonly values: readonly string[];
  /** Kinds of values that are allowed; empty if any is. */
  readonly kinds: ReadonlySet<ValueKind>;
}

/** Kind of a value. */
export type ValueKind = "mapping" | "list" | "scalar" | "nothing";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

const ROOT = spec as unknown as Schema;
const DEFINITIONS: Readonly<Record<string, Schema>> =
  (spec as unknown as { readonly definitions: Readonly<Record<string, Schema>> }).definitions;
const KINDS: Readonly<Record<string, ValueKind>> = {
  object: "mapping",
  array: "list",
  string: "scalar",
  number: "scalar",
  integer: "scalar",
  boolean: "scalar",
  null: "nothing",
};

/** Finds a place; `undefined` below an unknown key, and where anything is allowed. */
export function placeAt(path: Path): Place | undefined {
  let schemas = variantsOf(ROOT);
  let description: string | undefined;
  for (const [depth, part] of path.entries()) {
    if (isExtra(path.slice(0, depth + 1))) return undefined;
    const next = schemas.flatMap((schema) => childOf(schema, part));
    if (next.length === 0) return undefined;
    description = next.find((one) => one.description !== undefined)?.description ?? description;
    schemas = next.flatMap(variantsOf);
  }
  return { ...merged(schemas, path), description };
}

function merged(schemas: readonly Schema[], path: Path): Omit<Place, "description"> {
  const objects = schemas.filter((schema) => kindsOf(schema).includes("mapping"));
  const keys = new Map<string, string | undefined>();
  for (const { properties = {} } of objects) {
    for (const [key, schema] of Object.entries(properties)) {
      keys.set(
        key,
        variantsOf(schema).find((one) => one.description !== undefined)?.description ?? schema.description,
      );
    }
  }
  for (const key of extraKeysAt(path)) keys.set(key, undefined);
  const isFree = (schema: Schema) =>
    schema.additionalProperties !== false ||
    Object.keys(schema.patternProperties ?? {}).some((pattern) => pattern !== "^x-");
  const kinds = schemas.flatMap(kindsOf);
  return {
    keys,
    isClosed: objects.length > 0 && !objects.some(isFree),
    values: schemas.flatMap((schema) => schema.enum ?? []).map(String),
    kinds: new Set(schemas.some((schema) => kindsOf(schema).length === 0) ? [] : kinds),
  };
}

/** Returns a schema without references and alternatives. */
function variantsOf(schema: Schema): readonly Schema[] {
  const { $ref, oneOf, anyOf, allOf } = schema;
  if ($ref !== undefined) {
    const target = DEFINITIONS[$ref.replace(/^.*\//, "")];
    const { description } = schema;
    return target === undefined
      ? []
      : variantsOf(target).map((one) => description ? { ...one, description } : one);
  }
  const others = oneOf ?? anyOf ?? allOf;
  return others === undefined ? [schema] : others.flatMap(variantsOf);
}

function childOf(schema: Schema, part: string | number): readonly Schema[] {
  if (typeof part === "number") return schema.items === undefined ? [] : [schema.items];
  const own = schema.properties?.[part];
  if (own !== undefined && Object.hasOwn(schema.properties!, part)) return [own];
  const pattern = Object.entries(schema.patternProperties ?? {}).find(([pattern]) =>
    new RegExp(pattern).test(part)
  );
  if (pattern !== undefined) return [pattern[1]];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

function kindsOf({ type, enum: values, properties, items }: Schema): readonly ValueKind[] {
  const types = type === undefined ? [] : [type].flat();
  if (types.length > 0) return types.map((one) => KINDS[one]!);
  return values !== undefined
    ? ["scalar"]
    : properties !== undefined
    ? ["mapping"]
    : items !== undefined
    ? ["list"]
    : [];
}

/** Reports whether a path ends with a key of a newer version, below which nothing is known. */
function isExtra(path: Path): boolean {
  const key = path.at(-1);
  return typeof key === "string" && extraKeysAt(path.slice(0, -1)).includes(key);
}
