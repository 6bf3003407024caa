/** Building blocks of the wire schemas. */
import * as v from "valibot";

/** Adds the description that `/openapi.json` and `/asyncapi.json` show. */
export function described<S extends v.GenericSchema>(
  schema: S,
  text: string,
): v.SchemaWithPipe<readonly [S, v.DescriptionAction<v.InferOutput<S>, string>]> {
  return v.pipe(schema, v.description(text));
}

/** Full 64-digit container id. */
export const containerId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A finite, non-negative number. */
export const finite = v.pipe(v.number(), v.finite(), v.minValue(0));

/** A whole, non-negative number. */
export const count = v.pipe(finite, v.integer());

/** Id of a stack or an operation. */
export const id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A time in ISO 8601, UTC. */
export const time = described(v.string(), "ISO 8601, UTC.");
